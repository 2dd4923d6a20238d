import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from 'pg';
import { pino } from 'pino';
import { SANDBOX_AGENCIES } from '../../../connectors/sandboxes';
import { sandboxSecret } from '../../../src/exchange/sandbox/secret';
import { startSandbox, type Sandbox } from '../../../src/exchange/sandbox/start';
import { createWorldSchema } from '../../../src/population/world-schema';
import { testCluster } from '../../support/cluster';
import { emptyDatabase } from '../../support/database';

/** Known to every agency; a minority name with its middle dot. */
export const KNOWN = { idNumber: '11010519491231002X', name: '阿拉坦·乌云' };
/** Known to every agency too; nobody asks for this one. */
export const OTHER = { idNumber: '150402198001011234', name: '李四' };
/** Known to none. */
export const ABSENT = { idNumber: '440524188001010014', name: '王五' };

/** Puts a person on record with every agency. */
export async function putOnRecord(owner: Client, { idNumber, name }: typeof KNOWN): Promise<void> {
  await owner.query(
    `insert into property.unit values ($1, $2, '150402001001GB00001F00010001', '150402', 89.5, 'GROSS', 'CO_OWNERSHIP', 3333, '2015-03-02')`,
    [idNumber, name],
  );
  await owner.query(
    `insert into vehicle.vehicle values
       ($1, $2, '蒙D00001', '02', 'VIN1', '甲<乙>&丙', '2019-01-02', 'NORMAL', 12800050), ($1, $2, '蒙D00002', '52', 'VIN2', '丁', '2020-01-02', 'SEALED', null)`,
    [idNumber, name],
  );
  await owner.query(
    `insert into civil.person values ($1, $2, 'MARRIED', '150402198001011234', '李四', null, 'SUBSISTENCE', '2027-03-01', 'LOW_INCOME', 81250, '2027-01-01')`,
    [idNumber, name],
  );
  await owner.query(
    `insert into police.person values ($1, $2, null, '150402', 'HOUSEHOLD', '2012-05-01', null, null, 2)`,
    [idNumber, name],
  );
  await owner.query(`insert into fund.account values ($1, $2, 'ACTIVE', 12, 120050, 1200, 1000000, '2026-10')`, [
    idNumber,
    name,
  ]);
}

/** A sandbox over a world of two people. Its clock stands still until a test moves it. */
export async function smallSandbox() {
  const base = await emptyDatabase();
  await createWorldSchema(base.owner);
  for (const person of [KNOWN, OTHER]) await putOnRecord(base.owner, person);
  const dataDir = mkdtempSync(join(tmpdir(), 'anju-small-'));
  const time = { now: new Date('2026-11-22T02:00:00Z') };
  const start = () =>
    startSandbox({
      agencies: SANDBOX_AGENCIES,
      worldUrl: base.ownerUrl,
      dataDir,
      clock: () => time.now,
      log: pino({ level: 'silent' }),
      secret: sandboxSecret(Buffer.from(testCluster().roleKey, 'base64')),
    });
  const running: { sandbox: Sandbox } = { sandbox: await start() };
  return {
    time,
    worldUrl: base.ownerUrl,
    /** Where an agency that exchanges files has its mailbox. */
    folderOf: (agency: string) => join(dataDir, 'sandbox', agency, 'exchange'),
    get sandbox() {
      return running.sandbox;
    },
    async restart() {
      await running.sandbox.close();
      running.sandbox = await start();
    },
    async close() {
      await running.sandbox.close();
      await base.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}

export type SmallSandbox = Awaited<ReturnType<typeof smallSandbox>>;
