import { randomUUID } from 'node:crypto';
import type { ReportBody } from '../../schema/sharing/report-body';
import { inScope } from '../../src/store/database';
import { checked } from '../support/checks';
import { callsOf, elsewhereOf, forgetAnswers, honestFiles, officerOf, type File } from '../support/files';
import { openRunningHub, type RunningHub, type Who } from '../support/running-hub';
import { callerNamed, findingIn, paperDesk, refusalOf, second, type ReportOf } from './support/papers';

interface ContestShown {
  readonly id: string;
  readonly answerId: string | null;
  readonly claimed: string | null;
  readonly reason: string | null;
  readonly filedOn: string;
  readonly contestedBy: string;
  readonly endedBy: string | null;
  readonly endedByAnswer: string | null;
  readonly endReason: string | null;
}
const CONTEST =
  'id rule source personId answerId claimed reason filedOn contestedBy endedAt endedBy endedByAnswer endReason';
const CLAIMED = '车辆已于 2025 年过户';

let running: RunningHub;
let files: File[];
let desk: ReturnType<typeof paperDesk>;
beforeAll(async () => {
  running = await openRunningHub(180);
  files = await honestFiles(running);
  desk = paperDesk(running);
});
afterAll(() => running.close());

const contest = (file: File, changes: object = {}, who: Who = officerOf(file)) =>
  running.ask<{ contestFact: ContestShown }>(
    who,
    `mutation ($input: ContestFactInput!) { contestFact(input: $input) { ${CONTEST} } }`,
    {
      variables: {
        input: {
          ...{ caseId: file.caseId, rule: 'RR-12', source: 'vehicle', member: file.members[0]!.id },
          ...{ claimed: CLAIMED, reason: '买卖合同在卷', ...changes },
        },
      },
    },
  );
const withdraw = (file: File, id: string, who: Who = officerOf(file)) =>
  running.ask<{ withdrawContest: ContestShown }>(
    who,
    `mutation ($id: ID!) { withdrawContest(id: $id, reason: "当事人撤回") { ${CONTEST} } }`,
    { variables: { id } },
  );
const contestsOf = async (file: File, who: Who = officerOf(file)): Promise<ContestShown[] | null> => {
  const text = `query ($id: ID!) { household(id: $id) { factContests { ${CONTEST} } } }`;
  const { data } = await running.ask<{ household: { factContests: ContestShown[] | null } }>(who, text, {
    variables: { id: file.householdId },
  });
  return data.household.factContests;
};
const PLATE = '蒙D0T3S8';
const car = ({ members }: File) =>
  running.world.owner.query(
    `insert into vehicle.vehicle values ($1, $2, $3, '02', 'LVIN0000000000019', '试', '2022-07-19', 'NORMAL', 314159753)`,
    [members[0]!.idNumber, members[0]!.name, PLATE],
  );
/** A household whose eldest has a dear car on record; the cross-check that found it. */
const found = async (file: File): Promise<{ check: string; first: ReportOf }> => {
  await car(file);
  await forgetAnswers(running);
  const { id } = await checked(running, officerOf(file), file.householdId);
  return { check: id, first: await desk.report(file, id) };
};
const bodyOf = ({ canonical }: ReportOf) => JSON.parse(canonical) as ReportBody;

describe('a fact that is contested', () => {
  it('is in doubt, with what is on record and what is claimed, and the source is asked to correct it in ten working days', async () => {
    const file = files[0]!;
    const { check, first } = await found(file);
    expect([first.conclusion, findingIn(first, 'RR-12').outcome]).toEqual(['INELIGIBLE_PROPOSED', 'FAIL']);
    const { data, errors } = await contest(file);
    expect(errors).toEqual([]);
    const report = await desk.report(file, check);
    const finding = bodyOf(report).findings.find(({ rule }) => rule === 'RR-12')!;
    const before = bodyOf(first).findings.find(({ rule }) => rule === 'RR-12')!;
    expect([report.conclusion, finding.outcome, finding.observed]).toEqual(['PENDING_EVIDENCE', 'IN_DOUBT', 314159753]);
    expect(finding.sentence).toContain(before.sentence);
    expect(finding.sentence).toContain(CLAIMED);
    expect(before.evidence).toContain(data.contestFact.answerId);
    expect(finding.contests).toEqual([
      {
        ...{
          id: data.contestFact.id,
          source: 'vehicle',
          person: file.members[0]!.id,
          answer: data.contestFact.answerId,
        },
        ...{ recorded: 'FAIL', claimed: CLAIMED, filedOn: data.contestFact.filedOn, contestedBy: 'officer' },
        contestedAt: expect.any(String),
      },
    ]);
    expect(report.canonical).not.toContain('买卖合同在卷');
    expect(await desk.openTasks(file)).toEqual(['CORRECTION vehicle']);
    const { rows } = await running.base.owner.query<{ due: boolean; persons: string[]; rules: string[] }>(
      `select due_on = (select day from add_working_days(region_code, (opened_at at time zone 'Asia/Shanghai')::date, 10)) as due, persons::text[], rules
       from evidence_task where case_id = $1 and kind = 'CORRECTION'`,
      [file.caseId],
    );
    expect(rows).toEqual([{ due: true, persons: [file.members[0]!.id], rules: ['RR-12'] }]);
    for (const verdict of ['APPROVE', 'REFUSE'])
      expect(
        refusalOf(await desk.decide(officerOf(file), { caseId: file.caseId, report: report.hash, verdict })),
      ).toEqual(['DECISION_UNFOUNDED verdict']);
    /* A hard prohibition may be contested; no paper passes it. */
    expect(refusalOf(await desk.add(file, { rule: 'RR-12' }))).toEqual(['PROHIBITION_NOT_WAIVABLE rule']);
    expect(refusalOf(await contest(file))).toEqual(['ALREADY_CONTESTED source']);
  });

  it('is a fact again when the contest is taken back: the report is the text it was', async () => {
    const file = files[1]!;
    const { check, first } = await found(file);
    const { data } = await contest(file);
    await desk.quiet();
    const stale = await desk.decide(officerOf(file), { caseId: file.caseId, report: first.hash, verdict: 'REFUSE' });
    expect(refusalOf(stale)).toEqual(['REPORT_STALE report']);
    const ended = await withdraw(file, data.contestFact.id);
    expect(ended.data.withdrawContest).toMatchObject({
      endedBy: 'officer',
      endReason: '当事人撤回',
      endedByAnswer: null,
    });
    const last = await desk.report(file, check);
    expect([last.version, last.hash]).toEqual([first.version + 2, first.hash]);
    expect(await desk.openTasks(file)).toEqual([]);
    expect(refusalOf(await withdraw(file, data.contestFact.id))).toEqual(['CONTEST_ENDED id']);
    const decided = await desk.decide(officerOf(file), { caseId: file.caseId, report: last.hash, verdict: 'REFUSE' });
    expect(decided.errors).toEqual([]);
  });

  it('is ended by the source alone, asked anew: corrected it passes, upheld it fails', async () => {
    for (const [file, corrected] of [
      [files[2]!, true],
      [files[3]!, false],
    ] as const) {
      await found(file);
      const { data } = await contest(file);
      await desk.quiet();
      if (corrected)
        await running.world.owner.query('delete from vehicle.vehicle where plate = $1 and id_number = $2', [
          ...[PLATE, file.members[0]!.idNumber],
        ]);
      const { vehicle, property } = callsOf(running);
      const { id } = await checked(running, officerOf(file), file.householdId);
      const calls = callsOf(running);
      expect([calls.vehicle - vehicle, calls.property - property]).toEqual([1, 0]); // the contested answer alone is not used again
      const report = await desk.report(file, id);
      expect([report.conclusion, findingIn(report, 'RR-12').outcome]).toEqual(
        corrected ? ['ELIGIBLE', 'PASS'] : ['INELIGIBLE_PROPOSED', 'FAIL'],
      );
      expect(bodyOf(report).schema).toBe('anju/cross-check-report/2');
      const [contested] = (await contestsOf(file))!;
      expect(contested!.endedByAnswer).not.toBe(data.contestFact.answerId);
      expect(findingIn(report, 'RR-12').evidence.map(({ id: answer }) => answer)).toContain(contested!.endedByAnswer);
      expect(await desk.openTasks(file)).toEqual([]);
    }
  });

  it('stays in doubt while the source says nothing', async () => {
    const file = files[4]!;
    await found(file);
    await contest(file);
    await desk.quiet();
    await running.sandbox.control.set('vehicle', { mode: 'down' });
    const { id } = await checked(running, officerOf(file), file.householdId);
    await running.sandbox.control.set('vehicle', { mode: 'ok' });
    const report = await desk.report(file, id);
    expect([report.conclusion, findingIn(report, 'RR-12').outcome]).toEqual(['PENDING_EVIDENCE', 'IN_DOUBT']);
    expect((await desk.openTasks(file)).sort()).toEqual(['CORRECTION vehicle', 'SOURCE vehicle']);
  });

  it('of the hub’s own records is corrected by whoever keeps the file', async () => {
    const file = files[5]!;
    const { id } = await checked(running, officerOf(file), file.householdId);
    const own = { rule: 'RR-03', source: 'housing', claimed: '成员已另立一户' };
    const { data } = await contest(file, own);
    expect(data.contestFact.answerId).toBeNull();
    const report = await desk.report(file, id);
    expect([report.conclusion, findingIn(report, 'RR-03').outcome]).toEqual(['PENDING_EVIDENCE', 'IN_DOUBT']);
    expect(await desk.openTasks(file)).toEqual(['CORRECTION housing']);
    await withdraw(file, data.contestFact.id);
    await desk.quiet();
  });

  it('that failed is passed by no paper; one that did not may be', async () => {
    const file = files[6]!;
    const { idNumber, name } = file.members[0]!;
    const { id } = await checked(running, officerOf(file), file.householdId);
    const doubt = { rule: 'RR-07', source: 'property', claimed: '登记面积有误' };
    const { data } = await contest(file, doubt); // an officer doubts what passed
    await desk.quiet();
    const { data: added } = await desk.add(file);
    await desk.confirm(second(file), { id: added.addEvidence.id });
    const report = await desk.report(file, id);
    expect([report.conclusion, findingIn(report).outcome]).toEqual(['ELIGIBLE', 'PASS_BY_EVIDENCE']);
    expect(await desk.openTasks(file)).toEqual(['CORRECTION property']); // the register is still to be corrected
    await running.world.owner.query(
      `insert into property.unit values ($1, $2, $3, $4, 999.9, 'GROSS', 'OWNERSHIP', 10000, '2001-03-17')`,
      [idNumber, name, `${file.region}001001GB00001F00029999`, file.region],
    );
    const { id: again } = await checked(running, officerOf(file), file.householdId);
    expect(findingIn(await desk.report(file, again)).outcome).toBe('FAIL');
    expect((await contestsOf(file))![0]).toMatchObject({ id: data.contestFact.id, endedBy: null });
    await contest(file, doubt);
    const last = await desk.report(file, again);
    expect([last.conclusion, findingIn(last).outcome]).toEqual(['PENDING_EVIDENCE', 'IN_DOUBT']);
    await desk.withdraw(officerOf(file), { id: added.addEvidence.id, reason: '另行补正' });
    await desk.quiet();
    expect(refusalOf(await desk.add(file))).toEqual(['EVIDENCE_NOT_CALLED_FOR rule']);
  });

  it.each([
    ['a rule that there is not', { rule: 'RR-99' }, 'INVALID_INPUT rule'],
    ['a source that the rule does not read', { source: 'police' }, 'INVALID_INPUT source'],
    ['the hub’s own records, where the rule reads a source', { source: 'housing' }, 'INVALID_INPUT source'],
    ['a member of nobody’s', { member: randomUUID() }, 'INVALID_INPUT member'],
    ['no claim', { claimed: ' ' }, 'INVALID_INPUT claimed'],
    ['no reason', { reason: '' }, 'INVALID_INPUT reason'],
    ['a day to come', { filedOn: '2099-01-01' }, 'INVALID_INPUT filedOn'],
    ['a case that there is not', { caseId: randomUUID() }, 'NOT_FOUND caseId'],
    ['a rule that does not apply', { rule: 'RR-30' }, 'NOTHING_TO_CONTEST rule'],
  ])('is not held in doubt for %s', async (_what, changes, refusal) => {
    const file = files[7]!;
    const { rowCount } = await running.base.owner.query('select from case_report where case_id = $1', [file.caseId]);
    if (rowCount === 0) await checked(running, officerOf(file), file.householdId);
    expect(refusalOf(await contest(file, changes))).toEqual([refusal]);
    for (const field of ['claimed', 'reason'])
      expect(refusalOf(await contest(file, { [field]: `见 ${file.members[0]!.idNumber}` }))).toEqual([
        `INVALID_INPUT ${field}`,
      ]);
  });

  it('without an answer is not contested but awaited, and is no matter of another county or role', async () => {
    const file = files[8]!;
    await desk.silent(file, 'vehicle');
    expect(refusalOf(await contest(file))).toEqual(['NOTHING_TO_CONTEST source']);
    const elsewhere = (of: File) => ({ ...officerOf(of), region: elsewhereOf(of) });
    expect(refusalOf(await contest(file, {}, elsewhere(file)))).toEqual(['NOT_FOUND caseId']);
    for (const role of ['REGION_HOUSING', 'AUDITOR', 'CIVIL_AFFAIRS', 'POLICE'] as const)
      expect(refusalOf(await contest(file, {}, { ...officerOf(file), role }))).toEqual(['FORBIDDEN undefined']);
    const [contested] = (await contestsOf(files[0]!))!;
    expect(refusalOf(await withdraw(file, contested!.id, elsewhere(files[0]!)))).toEqual(['NOT_FOUND id']);
  });

  it('is not ended by bulk SQL of the app without the source, nor in another one’s name', async () => {
    const file = files[0]!;
    const asApp = (text: string) =>
      inScope(running.hub.db.app, [file.region], async (client) => {
        await client.query(`select set_config('app.caller', $1, true)`, [callerNamed('x')]);
        await client.query(`update fact_contest set ${text} where case_id = $1`, [file.caseId]);
      });
    await expect(asApp('ended_at = now(), ended_by_answer = answer_id')).rejects.toMatchObject({
      constraint: 'fact_contest_ended_by_source',
    });
    await expect(asApp(`ended_at = now(), ended_by = 'y', end_reason = 'x'`)).rejects.toMatchObject({
      constraint: 'fact_contest_in_own_name',
    });
    await expect(asApp(`claimed = 'y'`)).rejects.toMatchObject({ code: '42501' });
    await asApp(`ended_at = now(), ended_by = 'x', end_reason = 'x'`);
    await expect(asApp(`ended_at = now(), ended_by = 'x', end_reason = 'x'`)).rejects.toMatchObject({
      constraint: 'fact_contest_stays_ended',
    });
  });
});
