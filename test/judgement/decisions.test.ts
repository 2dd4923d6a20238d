import { randomUUID } from 'node:crypto';
import { inScope } from '../../src/store/database';
import { checked, type ReportShown } from '../support/checks';
import { elsewhereOf, forgetAnswers, honestFiles, officerOf, type File } from '../support/files';
import { openRunningHub, type Asked, type RunningHub, type Who } from '../support/running-hub';

interface Shown {
  readonly id: string;
  readonly verdict: string;
  readonly reason: string | null;
  readonly reportHash: string;
  readonly decidedBy: string;
  readonly role: string;
  readonly office: string;
  readonly supersededBy: string | null;
}
const DECISION = 'id verdict reason reportHash decidedBy role office supersededBy';
const DECIDE = `mutation ($caseId: ID!, $report: String!, $verdict: Verdict!, $reason: String!) {
  decide(caseId: $caseId, report: $report, verdict: $verdict, reason: $reason) { ${DECISION} } }`;
const REASON = '材料齐全，核对无异议。';

let running: RunningHub;
let files: File[];
beforeAll(async () => {
  running = await openRunningHub(80);
  files = await honestFiles(running);
});
afterAll(() => running.close());

const decide = (
  file: File,
  report: string,
  changes: object = {},
  who: Who = officerOf(file),
): Promise<Asked<{ decide: Shown }>> =>
  running.ask(who, DECIDE, {
    variables: { caseId: file.caseId, report, verdict: 'APPROVE', reason: REASON, ...changes },
  });
const decisionsOf = async (file: File, who: Who = officerOf(file)): Promise<Shown[] | null> => {
  const text = `query ($id: ID!) { household(id: $id) { decisions { ${DECISION} } } }`;
  const { data } = await running.ask<{ household: { decisions: Shown[] | null } }>(who, text, {
    variables: { id: file.householdId },
  });
  return data.household.decisions;
};
const refusalOf = ({ errors }: Asked<unknown>) => errors.map(({ extensions: { code, field } }) => `${code} ${field}`);
const report = async (file: File): Promise<ReportShown> =>
  (await checked(running, officerOf(file), file.householdId)).report;
/** Its eldest has a car above every limit; only seen once it is asked again. */
const buyCar = async ({ members }: File) => {
  await running.world.owner.query(
    `insert into vehicle.vehicle values ($1, $2, '蒙D0T3S7', '02', 'LVIN0000000000009', '试', '2022-07-19', 'NORMAL', 314159753)`,
    [members[0]!.idNumber, members[0]!.name],
  );
  await forgetAnswers(running);
};

describe('a decision', () => {
  it('is an officer’s, by name, with a reason, and cites the report it rests on', async () => {
    const file = files[0]!;
    const { hash, conclusion } = await report(file);
    expect(conclusion).toBe('ELIGIBLE');
    expect(await decisionsOf(file)).toEqual([]); // the report alone decides nothing
    const { data, errors } = await decide(file, hash);
    expect(errors).toEqual([]);
    expect(data.decide).toEqual({
      ...{ id: expect.any(String), verdict: 'APPROVE', reason: REASON, reportHash: hash },
      ...{ decidedBy: 'officer', role: 'COUNTY_HOUSING', office: file.region, supersededBy: null },
    });
    expect(await decisionsOf(file)).toEqual([data.decide]);
    const { rows } = await running.base.owner.query(
      `select subject, verb from write_entry where entity = 'Decision' and entity_id = $1`,
      [data.decide.id],
    );
    expect(rows).toEqual([{ subject: 'officer', verb: 'decide' }]);
    expect(refusalOf(await decide(file, hash))).toEqual(['ALREADY_DECIDED caseId']);
  });

  it('refuses only on a rule that failed, and approves nothing on it', async () => {
    const [honest, other] = [files[1]!, files[2]!];
    const clean = await report(honest);
    expect(refusalOf(await decide(honest, clean.hash, { verdict: 'REFUSE' }))).toEqual(['DECISION_UNFOUNDED verdict']);
    await buyCar(other);
    const { hash, conclusion } = await report(other);
    expect(conclusion).toBe('INELIGIBLE_PROPOSED');
    expect(await decisionsOf(other)).toEqual([]); // proposed is not decided
    expect(refusalOf(await decide(other, hash))).toEqual(['DECISION_UNFOUNDED verdict']);
    const { data } = await decide(other, hash, { verdict: 'REFUSE', reason: '名下有超标准车辆。' });
    expect(data.decide).toMatchObject({ verdict: 'REFUSE', reportHash: hash });
  });

  it('rests on nothing that is still to be proved', async () => {
    const file = files[3]!;
    await forgetAnswers(running);
    await running.sandbox.control.set('vehicle', { mode: 'down' });
    const { hash, conclusion } = await report(file);
    await running.sandbox.control.set('vehicle', { mode: 'ok' });
    expect(conclusion).toBe('PENDING_EVIDENCE');
    for (const verdict of ['APPROVE', 'REFUSE'])
      expect(refusalOf(await decide(file, hash, { verdict }))).toEqual(['DECISION_UNFOUNDED verdict']);
  });

  it('dies with a newer report of another text, and lives on with the same', async () => {
    const file = files[4]!;
    const first = await report(file);
    await decide(file, first.hash);
    expect((await report(file)).hash).toBe(first.hash);
    expect(await decisionsOf(file)).toMatchObject([{ supersededBy: null }]);
    await buyCar(file);
    const second = await report(file);
    expect(await decisionsOf(file)).toMatchObject([{ verdict: 'APPROVE', supersededBy: second.hash }]);
    const stale = await decide(file, first.hash);
    expect(refusalOf(stale)).toEqual(['REPORT_STALE report']);
    expect(stale.errors[0]!.extensions.remedy).toMatch(/最新一版核对报告/);
    const { data } = await decide(file, second.hash, { verdict: 'REFUSE' });
    expect((await decisionsOf(file))!.map(({ verdict, supersededBy }) => [verdict, supersededBy])).toEqual([
      ['APPROVE', second.hash],
      ['REFUSE', null],
    ]);
    expect(data.decide.reportHash).toBe(second.hash);
  });

  it('of one case is one, however many officers decide at once', async () => {
    const file = files[5]!;
    const { hash } = await report(file);
    const waiting = `select from pg_locks join pg_stat_activity using (pid) where not granted and datname = current_database()`;
    const deciding = await inScope(running.hub.db.app, [file.region], async (client) => {
      await client.query('select from case_report where case_id = $1 for no key update', [file.caseId]);
      const officers = [1, 2, 3, 4].map((n) => decide(file, hash, {}, { ...officerOf(file), sub: `officer ${n}` }));
      while ((await running.base.owner.query(waiting)).rowCount! < 2);
      return { officers };
    });
    const all = await Promise.all(deciding.officers);
    expect(all.flatMap(refusalOf)).toEqual(Array(3).fill('ALREADY_DECIDED caseId'));
    expect(await decisionsOf(file)).toHaveLength(1);
  });

  it.each([
    ['no reason', { reason: '  ' }, 'INVALID_INPUT reason'],
    ['a reason without end', { reason: '核'.repeat(501) }, 'INVALID_INPUT reason'],
    ['a report that there is not', { report: 'x' }, 'REPORT_STALE report'],
    ['a case that there is not', { caseId: randomUUID() }, 'NOT_FOUND caseId'],
    ['an id that is none', { caseId: 'x' }, 'NOT_FOUND caseId'],
  ])('is not taken with %s', async (_what, changes, refusal) => {
    const file = files[6]!;
    const { hash } = await report(file);
    expect(refusalOf(await decide(file, hash, changes))).toEqual([refusal]);
    expect(refusalOf(await decide(file, hash, { reason: `见 ${file.members[0]!.idNumber}` }))).toEqual([
      'INVALID_INPUT reason',
    ]);
  });

  it('is no matter of another county, nor of a clerk, an overseer, a region or a machine', async () => {
    const file = files[7]!;
    const { hash } = await report(file);
    expect(refusalOf(await decide(file, hash, {}, { ...officerOf(file), region: elsewhereOf(file) }))).toEqual([
      'NOT_FOUND caseId',
    ]);
    for (const role of ['COMMUNITY_WORKER', 'STREET_OFFICER', 'REGION_HOUSING', 'AUDITOR', 'CIVIL_AFFAIRS'] as const)
      expect(refusalOf(await decide(file, hash, {}, { ...officerOf(file), role }))).toEqual(['FORBIDDEN undefined']);
    expect(await decisionsOf(file)).toEqual([]);
  });

  it('cannot be slipped past the law by bulk SQL of the app', async () => {
    const file = files[1]!;
    const { hash } = await report(file);
    const asApp = (verdict: string, about: string) =>
      inScope(running.hub.db.app, [file.region], (client) =>
        client.query(
          `insert into decision (id, region_code, household_id, case_id, verdict, reason, report_hash, report_in, decided_at, decided_by, role, office)
           select gen_random_uuid(), region_code, household_id, case_id, $2, 'x', $3, cross_check_id, now(), 'x', 'x', 'x' from case_report where case_id = $1`,
          [file.caseId, verdict, about],
        ),
      );
    await expect(asApp('REFUSE', hash)).rejects.toMatchObject({ constraint: 'decision_borne_by_report' });
    await expect(asApp('APPROVE', 'x')).rejects.toMatchObject({ constraint: 'decision_on_last_report' });
    await asApp('APPROVE', hash);
    const rewritten = inScope(running.hub.db.app, [file.region], (client) =>
      client.query(`update decision set reason = 'y'`),
    );
    await expect(rewritten).rejects.toMatchObject({ code: '42501' });
  });
});
