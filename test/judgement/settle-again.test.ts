import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Client } from 'pg';
import { addEvidence } from '../../src/commands/add-evidence';
import { confirmEvidence } from '../../src/commands/confirm-evidence';
import { settleAgain } from '../../src/jobs/settle-again';
import { PaperKind } from '../../schema/sharing/paper-evidence';
import { honestHouseholds, openStage, type Stage } from '../cross-check/stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(40);
  for (const source of ['civil-affairs', 'police']) await stage.sandbox.control.set(source, { readyAfterMs: 0 });
}, 60_000);
afterAll(() => stage.close());

const versions = async (id: string) =>
  (
    await stage.base.owner.query<{ conclusion: string }>(
      `select body::jsonb ->> 'conclusion' as conclusion from report where cross_check_id = $1 order by version`,
      [id],
    )
  ).rows.map(({ conclusion }) => conclusion);

describe('a report that is settled again', () => {
  it('by a process killed between the confirmation and the report is finished by the next one, once', async () => {
    const worker = await stage.work();
    const [household] = await honestHouseholds(stage, '15');
    await stage.sandbox.control.set('property', { mode: 'down' });
    const id = await stage.request(stage.as('15'), { households: [household!] });
    await stage.completed(id);
    await worker.stop();
    const before = await versions(id);
    expect(before.at(-1)).toBe('PENDING_EVIDENCE');
    const { rows } = await stage.base.owner.query<{ case_id: string }>('select case_id from case_report');
    const [{ case_id: caseId }] = rows as [{ case_id: string }];
    const paper = await addEvidence(stage.as('15'), {
      ...{ caseId, rule: 'RR-07', documentKind: PaperKind.EXTRACT, documentNumber: '1', issuedBy: '登记中心' },
      ...{ validUntil: '2099-12-31', note: '摘录' },
    });
    await confirmEvidence(stage.as('15', { subject: 'second' }), { id: paper.id });

    /* Whoever settles waits for the cross-check's row: there it is killed. */
    const holder = new Client({ connectionString: stage.base.ownerUrl });
    await holder.connect();
    await holder.query('begin');
    await holder.query('select from cross_check where id = $1 for update', [id]);
    const killed = spawn(
      process.execPath,
      ['-r', '@swc-node/register', require.resolve('../cross-check/worker-process.ts'), JSON.stringify(stage.parts)],
      { stdio: 'inherit' },
    );
    const waiting = `select from pg_locks join pg_stat_activity using (pid) where not granted and datname = current_database()`;
    while ((await stage.base.owner.query(waiting)).rowCount === 0);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    await holder.query('rollback');
    await holder.end();
    expect(await versions(id)).toEqual(before);

    await stage.work();
    const jobs = `select from graphile_worker.jobs where task_identifier = 'settle-again'`;
    while ((await stage.base.owner.query(jobs)).rowCount! > 0);
    expect(await versions(id)).toEqual([...before, 'ELIGIBLE']);
    await settleAgain.run({ caseId }, stage.hub, new AbortController().signal);
    expect(await versions(id)).toEqual([...before, 'ELIGIBLE']);
  }, 60_000);
});
