import { z } from 'zod';
import { KEY_PURPOSES, type KeyPurpose } from '../access/keyring';
import { enqueue } from '../queue/enqueue';
import type { Job } from '../queue/job';
import { inScope } from '../store/database';
import { demand, promote, retire, standingOf, type Standing } from '../store/keys/transitions';
import { renewAnswers } from './rotation/answers';
import { sealDocuments } from './rotation/documents';
import { lifeOf } from './rotation/life';
import { sealMarks } from './rotation/marks';
import { sealObjectors } from './rotation/objectors';
import { indexPersons, sealPersons, settlePersons } from './rotation/persons';
import { finish } from './rotation/position';
import { walkUntilClean, type RotationHub } from './rotation/walk';

const Payload = z.object({ purpose: z.enum(KEY_PURPOSES) });

/**
 * 密钥轮换: from an introduced key to the retirement of the one before it. Each step begins where the table says that the
 * last one ended, so a run that was killed, or waits for a date, goes on there.
 */
export const rotateKeys: Job<RotationHub> = {
  task: 'rotate-keys',
  async run(payload, hub, signal) {
    const { purpose } = Payload.parse(payload);
    let standing = await standingOf(hub.db.engine, purpose);
    if (!standing) return;
    if (standing.state === 'NEXT' || standing.state === 'READY') {
      if (standing.readyIn > 0) return goOnIn(hub, purpose, standing.readyIn);
      await bringIn(hub, purpose, standing, signal);
      standing = (await standingOf(hub.db.engine, purpose))!;
    }
    await renew(hub, purpose, standing.id, signal);
    if (standing.retireIn > 0) return goOnIn(hub, purpose, standing.retireIn);
    await retire(hub.db.engine, purpose);
    await finish(hub.db, { purpose, keyId: standing.id });
  },
};

/** From here on the new key is in use. An index key first stands beside the old one in every row. */
async function bringIn(hub: RotationHub, purpose: KeyPurpose, { id }: Standing, signal: AbortSignal): Promise<void> {
  const { engine } = hub.db;
  await hub.keys.refresh();
  if (purpose === 'index') {
    await demand(engine, purpose, id);
    await hub.keys.refresh();
    await walkUntilClean(hub, { purpose, keyId: id }, indexPersons, signal);
    await walkUntilClean(hub, { purpose, keyId: id }, renewAnswers, signal);
  }
  await promote(engine, purpose, id, await lifeOf(hub.db, purpose));
  await hub.keys.refresh();
}

/** Until no row is left that the old key alone opens or finds. */
async function renew(hub: RotationHub, purpose: KeyPurpose, keyId: string, signal: AbortSignal): Promise<void> {
  if (purpose !== 'seal' && purpose !== 'index' && purpose !== 'objector') return;
  await hub.keys.refresh();
  if (purpose === 'objector') return walkUntilClean(hub, { purpose, keyId }, sealObjectors, signal);
  await walkUntilClean(hub, { purpose, keyId }, purpose === 'seal' ? sealPersons : settlePersons, signal);
  await walkUntilClean(hub, { purpose, keyId }, renewAnswers, signal);
  if (purpose !== 'seal') return;
  for (const walk of [sealMarks, sealDocuments]) await walkUntilClean(hub, { purpose, keyId }, walk, signal);
}

async function goOnIn({ db }: RotationHub, purpose: KeyPurpose, seconds: number): Promise<void> {
  const errand = { task: 'rotate-keys', payload: { purpose }, key: `rotate-keys:${purpose}`, after: seconds * 1000 };
  await inScope(db.app, [], (client) => client.query(enqueue(errand)));
}
