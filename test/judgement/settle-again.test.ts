import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Client } from 'pg';
import { addEvidence } from '../../src/commands/add-evidence';
import { confirmEvidence } from '../../src/commands/confirm-evidence';
import { settleAgain } from '../../src/jobs/settle-again';
import type { ReportBody } from '../../schema/sharing/report-body';
import { PaperKind } from '../../schema/sharing/paper-evidence';
import { addPartner, limits } from '../support/partners';
import { honestHouseholds, openStage, type Stage } from '../cross-check/stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(150);
  for (const source of ['civil-affairs', 'police']) await stage.sandbox.control.set(source, { readyAfterMs: 0 });
});
afterAll(() => stage.close());

const versions = async (id: string) =>
  (
    await stage.base.owner.query<{ conclusion: string }>(
      `select body::jsonb ->> 'conclusion' as conclusion from report where cross_check_id = $1 order by version`,
      [id],
    )
  ).rows.map(({ conclusion }) => conclusion);

/** A case that stands on a report about a household of which property says nothing. */
async function silentCase(which: number): Promise<{ id: string; caseId: string }> {
  const household = (await honestHouseholds(stage, '15'))[which]!;
  await stage.sandbox.control.set('property', { mode: 'down' });
  const id = await stage.request(stage.as('15'), { households: [household] });
  const standing = async () =>
    (
      await stage.base.owner.query<{ case_id: string }>('select case_id from case_report where cross_check_id = $1', [
        id,
      ])
    ).rows[0]?.case_id;
  let caseId: string | undefined;
  while (!caseId) caseId = await standing();
  return { id, caseId };
}

async function confirmed(caseId: string): Promise<void> {
  const { id } = await addEvidence(stage.as('15'), {
    ...{ caseId, rule: 'RR-07', documentKind: PaperKind.EXTRACT, documentNumber: '1', issuedBy: '登记中心' },
    ...{ validUntil: '2099-12-31', note: '摘录' },
  });
  await confirmEvidence(stage.as('15', { subject: 'second' }), { id });
}
const quiet = async () => {
  const jobs = `select from graphile_worker.jobs where task_identifier = 'settle-again'`;
  while ((await stage.base.owner.query(jobs)).rowCount! > 0);
};

describe('a report that is settled again', () => {
  it('while an answer is still awaited says what officers hold, and awaits it no less', async () => {
    const worker = await stage.work();
    await stage.sandbox.control.set('civil-affairs', { readyAfterMs: 3_600_000 });
    const { id, caseId } = await silentCase(1);
    await confirmed(caseId);
    await quiet();
    const { rows } = await stage.base.owner.query<{ state: string; body: string }>(
      `select k.state, r.body from cross_check_household k join report r using (cross_check_id, household_id)
       where k.cross_check_id = $1 order by r.version desc limit 1`,
      [id],
    );
    const { findings } = JSON.parse(rows[0]!.body) as ReportBody;
    const housing = findings.find(({ rule }) => rule === 'RR-07')!;
    expect([rows[0]!.state, housing.outcome]).toEqual(['AWAITING', 'PASS_BY_EVIDENCE']);
    await stage.sandbox.control.set('civil-affairs', { readyAfterMs: 0 });
    await worker.stop();
  });

  it('by a process killed between the confirmation and the report is finished by the next one, once', async () => {
    const worker = await stage.work();
    const { id, caseId } = await silentCase(0);
    await stage.completed(id);
    await worker.stop();
    const before = await versions(id);
    expect(before.at(-1)).toBe('PENDING_EVIDENCE');
    await confirmed(caseId);

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
    await quiet();
    expect(await versions(id)).toEqual([...before, 'ELIGIBLE']);
    await settleAgain.run({ caseId }, stage.hub, new AbortController().signal);
    expect(await versions(id)).toEqual([...before, 'ELIGIBLE']);
  });

  it('is no partner’s to read: it is told what sources said', async () => {
    const { rows } = await stage.base.owner.query<{ household_id: string; fields: string[] }>(
      `select e.household_id, p.fields from case_report e, purpose p where e.conclusion = 'ELIGIBLE' and p.code = 'ADMISSION_REVIEW'`,
    );
    const { household_id: household, fields } = rows[0]!;
    const partner = limits(['ADMISSION_REVIEW'], fields, await addPartner(stage.base, 'asks'));
    const viewer = { role: 'PARTNER_SYSTEM', subject: 'asks', partner } as const;
    const id = await stage.request(stage.as('15', viewer), { households: [household] });
    await stage.completed(id);
    const { rows: told } = await stage.base.owner.query<{ body: string }>(
      'select body from report where cross_check_id = $1 order by version desc limit 1',
      [id],
    );
    const body = JSON.parse(told[0]!.body) as ReportBody;
    expect(body.schema).toBe('anju/cross-check-report/2');
    expect(body.findings.find(({ rule }) => rule === 'RR-07')!.outcome).toBe('INCONCLUSIVE');
  });
});
