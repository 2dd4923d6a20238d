import { randomUUID } from 'node:crypto';
import type { ReportBody } from '../../schema/sharing/report-body';
import { expireEvidence } from '../../src/jobs/expire-evidence';
import { inScope } from '../../src/store/database';
import { checked } from '../support/checks';
import { elsewhereOf, honestFiles, officerOf, type File } from '../support/files';
import { openRunningHub, type RunningHub } from '../support/running-hub';
import { callerNamed, findingIn, LAST_DAY, paperDesk, refusalOf, second, type PaperShown } from './support/papers';

let running: RunningHub;
let files: File[];
let desk: ReturnType<typeof paperDesk>;
beforeAll(async () => {
  running = await openRunningHub(180);
  files = await honestFiles(running);
  desk = paperDesk(running);
});
afterAll(() => running.close());

/** Brought by one officer, confirmed by another. */
const confirmed = async (file: File, changes: object = {}): Promise<PaperShown> => {
  const { data, errors } = await desk.add(file, changes);
  expect(errors).toEqual([]);
  return (await desk.confirm(second(file), { id: data.addEvidence.id })).data.confirmEvidence;
};
const schemaOf = ({ canonical }: { canonical: string }) => (JSON.parse(canonical) as ReportBody).schema;

describe('evidence of an officer', () => {
  it('passes what no source could settle, once a second person has confirmed it, and never as an answer', async () => {
    const file = files[0]!;
    const check = await desk.silent(file);
    const first = await desk.report(file, check);
    expect([first.conclusion, findingIn(first).outcome, findingIn(first).paper, schemaOf(first)]).toEqual([
      ...['PENDING_EVIDENCE', 'INCONCLUSIVE', null, 'anju/cross-check-report/2'],
    ]);
    const { data } = await desk.add(file);
    const { id } = data.addEvidence;
    expect(data.addEvidence).toMatchObject({ state: 'PROPOSED', addedBy: 'officer', settledBy: null, member: null });
    expect((await desk.report(file, check)).hash).toBe(first.hash); // what one brought counts for nothing
    const alone = await desk.decide(officerOf(file), { caseId: file.caseId, report: first.hash, verdict: 'APPROVE' });
    expect(refusalOf(alone)).toEqual(['DECISION_UNFOUNDED verdict']);

    const { data: settled } = await desk.confirm(second(file), { id });
    expect(settled.confirmEvidence).toMatchObject({ state: 'CONFIRMED', addedBy: 'officer', settledBy: 'second' });
    const report = await desk.report(file, check);
    expect([report.version, report.conclusion, schemaOf(report)]).toEqual([
      ...[first.version + 1, 'ELIGIBLE', 'anju/cross-check-report/3'],
    ]);
    const finding = findingIn(report);
    expect(finding).toMatchObject({
      outcome: 'PASS_BY_EVIDENCE',
      sentence: expect.stringContaining(findingIn(first).sentence),
      paper: [
        {
          ...{ id, personId: null, documentKind: 'CERTIFICATE', documentNumber: '赤房证〔2026〕17号' },
          ...{ validUntil: LAST_DAY, addedBy: 'officer', confirmedBy: 'second' },
        },
      ],
    });
    expect(finding.evidence).toEqual(findingIn(first).evidence);
    const { rows } = await running.base.owner.query<{ outcome: string }>(
      `select e.outcome[array_position(s.codes, 'RR-07')] as outcome from evaluation e join rule_set s on s.version = e.rule_set
       where e.cross_check_id = $1`,
      [check],
    );
    expect(new Set(rows.map(({ outcome }) => outcome))).toEqual(new Set(['INCONCLUSIVE'])); // the engine's own word
    expect(await desk.openTasks(file)).toEqual([]);
    const decided = await desk.decide(officerOf(file), {
      caseId: file.caseId,
      report: report.hash,
      verdict: 'APPROVE',
    });
    expect(decided.errors).toEqual([]);
  });

  it('that is withdrawn counts no more: the report is again the text it was, its task open, the decision dead', async () => {
    const file = files[1]!;
    const check = await desk.silent(file);
    const first = await desk.report(file, check);
    const tasks = await desk.openTasks(file);
    const { id } = await confirmed(file);
    const { hash } = await desk.report(file, check);
    expect(await desk.openTasks(file)).toEqual([]);
    await desk.decide(officerOf(file), { caseId: file.caseId, report: hash, verdict: 'APPROVE' });
    const { data } = await desk.withdraw(officerOf(file), { id, reason: '文号有误' });
    expect(data.withdrawEvidence).toMatchObject({ state: 'WITHDRAWN', endedBy: 'officer', reason: '文号有误' });
    const last = await desk.report(file, check);
    expect([last.version, last.hash, last.canonical === first.canonical]).toEqual([
      first.version + 2,
      first.hash,
      true,
    ]);
    expect(await desk.openTasks(file)).toEqual(tasks);
    const { rows } = await running.base.owner.query('select superseded_by from decision where case_id = $1', [
      file.caseId,
    ]);
    expect(rows).toEqual([{ superseded_by: first.hash }]);
    expect(refusalOf(await desk.confirm(second(file), { id }))).toEqual(['ILLEGAL_MOVE undefined']);
  });

  it('is settled by somebody else, whatever the other role of whoever brought it', async () => {
    const file = files[2]!;
    const check = await desk.silent(file);
    const { id } = (await desk.add(file)).data.addEvidence;
    for (const role of ['COUNTY_HOUSING', 'CITY_HOUSING'] as const) {
      const same = { ...officerOf(file), role };
      expect(refusalOf(await desk.confirm(same, { id }))).toEqual(['SECOND_PERSON_REQUIRED id']);
      expect(refusalOf(await desk.reject(same, { id, reason: '不符' }))).toEqual(['SECOND_PERSON_REQUIRED id']);
    }
    const { hash } = await desk.report(file, check);
    const { data } = await desk.reject(second(file), { id, reason: '公章不清' });
    expect(data.rejectEvidence).toMatchObject({ state: 'REJECTED', settledBy: 'second', reason: '公章不清' });
    expect((await desk.report(file, check)).hash).toBe(hash);
    expect(refusalOf(await desk.confirm(second(file), { id }))).toEqual(['ILLEGAL_MOVE undefined']);
    expect((await desk.add(file)).errors).toEqual([]); // another may be brought
    expect((await desk.papers(file))!.map(({ state }) => state)).toEqual(['REJECTED', 'PROPOSED']);
  });

  it('ends with its last day: no decision rests on it, and the report made at the start of the next says so', async () => {
    const file = files[3]!;
    const check = await desk.silent(file);
    const first = await desk.report(file, check);
    const { id } = await confirmed(file);
    const { hash, conclusion } = await desk.report(file, check);
    expect(conclusion).toBe('ELIGIBLE');
    /* As if all of it had been a month ago, and yesterday its last day. */
    await running.base.owner.query(`
      begin; alter table paper_evidence disable trigger guard_paper_evidence;
      update paper_evidence set valid_until = (now() at time zone 'Asia/Shanghai')::date - 1, settled_at = settled_at - interval '30 days' where id = '${id}';
      alter table paper_evidence enable trigger guard_paper_evidence; commit`);
    const late = await desk.decide(officerOf(file), { caseId: file.caseId, report: hash, verdict: 'APPROVE' });
    expect(refusalOf(late)).toEqual(['EVIDENCE_EXPIRED report']);
    expect(late.errors[0]!.extensions.remedy).toMatch(/重新核对/);
    await expireEvidence.run(null, running.hub, new AbortController().signal);
    const last = await desk.report(file, check);
    expect([last.hash, last.conclusion]).toEqual([first.hash, 'PENDING_EVIDENCE']);
    expect(await desk.papers(file)).toMatchObject([{ id, state: 'EXPIRED', endedBy: null }]);
    expect(await desk.openTasks(file)).toEqual(['SOURCE property']);
  });

  it('about one member does not pass a household’s finding, and does when there is some about each', async () => {
    const file = files[4]!;
    expect(file.members.length).toBeGreaterThan(1);
    const check = await desk.silent(file);
    for (const [at, { id: member }] of file.members.entries()) {
      const { personId } = await confirmed(file, { member, documentNumber: `第 ${at} 号` });
      expect(personId).toBe(member);
      const finding = findingIn(await desk.report(file, check));
      const last = at === file.members.length - 1;
      expect([finding.outcome, finding.paper!.length]).toEqual([last ? 'PASS_BY_EVIDENCE' : 'INCONCLUSIVE', at + 1]);
    }
  });

  it('speaks for nobody who became a member after it was brought', async () => {
    const file = files[9]!;
    await desk.silent(file);
    await confirmed(file);
    const { rows } = await running.base.owner.query<{ id: string }>(
      `insert into household_member (id, region_code, household_id, person_id, relation, declared_name, from_date)
       select gen_random_uuid(), $2, $1, p.id, 'OTHER', p.name, '2026-11-01' from person p where p.id = $3 returning person_id as id`,
      [file.householdId, file.region, files[10]!.members[0]!.id],
    );
    expect(rows).toHaveLength(1);
    await desk.quiet();
    const { id } = await checked(running, officerOf(file), file.householdId); // the letter has ended with the change
    expect(findingIn(await desk.report(file, id))).toMatchObject({ outcome: 'INCONCLUSIVE', paper: [{}] });
  });

  it('taken back after the letter has ended changes no report, and no decision rests on what stands', async () => {
    const file = files[11]!;
    const check = await desk.silent(file);
    const { id } = await confirmed(file);
    const { hash } = await desk.report(file, check);
    await running.base.owner.query(
      `update letter set ended_on = current_date, end_reason = 'WITHDRAWN' where household_id = $1 and state = 'ACTIVE'`,
      [file.householdId],
    );
    await desk.withdraw(officerOf(file), { id, reason: '文号有误' });
    expect((await desk.report(file, check)).hash).toBe(hash);
    const decided = await desk.decide(officerOf(file), { caseId: file.caseId, report: hash, verdict: 'APPROVE' });
    expect(refusalOf(decided)).toEqual(['REPORT_STALE report']);
  });

  it('passes nothing that a source has since found to fail', async () => {
    const file = files[5]!;
    await desk.silent(file);
    await confirmed(file);
    const { idNumber, name } = file.members[0]!;
    await running.world.owner.query(
      `insert into property.unit values ($1, $2, $3, $4, 999.9, 'GROSS', 'OWNERSHIP', 10000, '2001-03-17')`,
      [idNumber, name, `${file.region}001001GB00001F00019999`, file.region],
    );
    await desk.askable();
    const { id } = await checked(running, officerOf(file), file.householdId);
    const report = await desk.report(file, id);
    expect([report.conclusion, findingIn(report)]).toMatchObject([
      'INELIGIBLE_PROPOSED',
      { outcome: 'FAIL', paper: [] },
    ]);
    expect(refusalOf(await desk.add(file))).toEqual(['EVIDENCE_NOT_CALLED_FOR rule']);
  });

  it('passes no hard prohibition, whatever is unknown: RR-01, RR-03, RR-12', async () => {
    const file = files[6]!;
    const check = await desk.silent(file, 'vehicle');
    expect(findingIn(await desk.report(file, check), 'RR-12').outcome).toBe('INCONCLUSIVE');
    for (const rule of ['RR-01', 'RR-03', 'RR-12']) {
      const refused = await desk.add(file, { rule });
      expect(refusalOf(refused)).toEqual(['PROHIBITION_NOT_WAIVABLE rule']);
      expect(refused.errors[0]!.extensions.remedy).toMatch(/来源/);
    }
    expect(await desk.papers(file)).toEqual([]);
  });

  it.each([
    ['a rule that there is not', { rule: 'RR-99' }, 'INVALID_INPUT rule'],
    ['a finding that passed', { rule: 'RR-14' }, 'EVIDENCE_NOT_CALLED_FOR rule'],
    ['a last day that is over', { validUntil: '2026-01-01' }, 'INVALID_INPUT validUntil'],
    ['no number', { documentNumber: ' ' }, 'INVALID_INPUT documentNumber'],
    ['nobody who issued it', { issuedBy: '' }, 'INVALID_INPUT issuedBy'],
    ['a note without end', { note: '证'.repeat(501) }, 'INVALID_INPUT note'],
    ['a member of nobody’s', { member: randomUUID() }, 'INVALID_INPUT member'],
    ['a rule that does not apply', { rule: 'RR-30' }, 'EVIDENCE_NOT_CALLED_FOR rule'],
    ['a case that there is not', { caseId: randomUUID() }, 'NOT_FOUND caseId'],
  ])('is not taken with %s', async (_what, changes, refusal) => {
    const file = files[7]!;
    if ((await desk.openTasks(file)).length === 0) await desk.silent(file);
    expect(refusalOf(await desk.add(file, changes))).toEqual([refusal]);
    const { idNumber } = file.members[0]!;
    for (const field of ['note', 'issuedBy', 'documentNumber'])
      expect(refusalOf(await desk.add(file, { [field]: `见 ${idNumber}` }))).toEqual([`INVALID_INPUT ${field}`]);
  });

  it('is of one kind once: a second about the same waits for the end of the first', async () => {
    const file = files[7]!;
    const { id } = (await desk.add(file)).data.addEvidence;
    expect(refusalOf(await desk.add(file))).toEqual(['EVIDENCE_NOT_CALLED_FOR rule']);
    await desk.withdraw(officerOf(file), { id, reason: '重复' });
    expect((await desk.add(file)).errors).toEqual([]);
  });

  it('is brought by clerks and settled by county or city, and is no matter of another county', async () => {
    const file = files[8]!;
    await desk.silent(file);
    const { data } = await desk.add(file, {}, { ...officerOf(file), role: 'STREET_OFFICER', sub: 'clerk' });
    const { id } = data.addEvidence;
    for (const role of ['COMMUNITY_WORKER', 'STREET_OFFICER', 'REGION_HOUSING', 'AUDITOR', 'CIVIL_AFFAIRS'] as const)
      expect(refusalOf(await desk.confirm({ ...second(file), role }, { id }))).toEqual(['FORBIDDEN undefined']);
    for (const role of ['REGION_HOUSING', 'AUDITOR', 'CIVIL_AFFAIRS', 'POLICE'] as const)
      expect(refusalOf(await desk.add(file, {}, { ...officerOf(file), role }))).toEqual(['FORBIDDEN undefined']);
    const stranger = { ...second(file), region: elsewhereOf(file) };
    expect(refusalOf(await desk.add(file, {}, stranger))).toEqual(['NOT_FOUND caseId']);
    for (const act of [desk.confirm, desk.reject, desk.withdraw])
      expect(refusalOf(await act(stranger, { id, reason: '无关' }))).toEqual(['NOT_FOUND id']);
    expect(await desk.papers(file)).toMatchObject([{ state: 'PROPOSED', addedBy: 'clerk' }]);
  });

  it('cannot be slipped past the second person by bulk SQL of the app', async () => {
    const file = files[8]!;
    const asApp = (who: string, text: string) =>
      inScope(
        running.hub.db.app,
        files.map(({ region }) => region),
        async (client) => {
          await client.query(`select set_config('app.caller', $1, true)`, [callerNamed(who)]);
          await client.query(text);
        },
      );
    const confirmAs = (whom: string) =>
      `update paper_evidence set state = 'CONFIRMED', settled_at = now(), settled_by = '${whom}', settled_role = 'x', settled_office = 'x'
       where case_id = '${file.caseId}'`;
    const insert = (state: string) =>
      `insert into paper_evidence (id, region_code, household_id, case_id, rule, persons, document_kind, document_number, issued_by, note, valid_until, state,
         added_at, added_by, added_role, added_office) select gen_random_uuid(), region_code, household_id, case_id, 'RR-09', persons, document_kind, 'x', 'x', 'x',
         valid_until, '${state}', now(), 'x', 'x', 'x' from paper_evidence where case_id = '${file.caseId}'`;
    await expect(asApp('clerk', confirmAs('clerk'))).rejects.toMatchObject({ constraint: 'paper_evidence_by_two' });
    await expect(asApp('clerk', confirmAs('another'))).rejects.toMatchObject({
      constraint: 'paper_evidence_in_own_name',
    });
    await expect(asApp('x', insert('CONFIRMED'))).rejects.toMatchObject({
      constraint: 'paper_evidence_begins_proposed',
    });
    await expect(asApp('y', insert('PROPOSED'))).rejects.toMatchObject({ constraint: 'paper_evidence_in_own_name' });
    await asApp('another', confirmAs('another'));
    await expect(asApp('third', confirmAs('third'))).rejects.toMatchObject({ constraint: 'paper_evidence_legal_move' });
    await expect(asApp('x', `update paper_evidence set valid_until = '2100-01-01'`)).rejects.toMatchObject({
      code: '42501',
    });
    const early = `update paper_evidence set state = 'EXPIRED', ended_at = now() where case_id = '${file.caseId}'`;
    await expect(asApp('x', early)).rejects.toMatchObject({ constraint: 'paper_evidence_expired_by_day' });
    /* Taken back behind the report's back: nothing rests on a report that was settled with it. */
    const approved = files[0]!;
    await asApp(
      'third',
      `update paper_evidence set state = 'WITHDRAWN', ended_at = now(), ended_by = 'third', reason = 'x' where case_id = '${approved.caseId}'`,
    );
    const decided = inScope(running.hub.db.app, [approved.region], (client) =>
      client.query(
        `insert into decision (id, region_code, household_id, case_id, verdict, reason, report_hash, report_in, decided_at, decided_by, role, office)
         select gen_random_uuid(), region_code, household_id, case_id, 'APPROVE', 'x', hash, cross_check_id, now(), 'x', 'x', 'x' from case_report where case_id = $1`,
        [approved.caseId],
      ),
    );
    await expect(decided).rejects.toMatchObject({ constraint: 'decision_on_evidence_in_force' });
  });

  it('is told to nobody who is no officer or overseer, and its looks are written down', async () => {
    const file = files[0]!;
    const { papers } = desk;
    expect(await papers(file, { ...officerOf(file), role: 'AUDITOR' })).toHaveLength(1);
    const { rows } = await running.base.owner.query<{ n: number }>(
      `select count(*)::int as n from read_entry where role = 'AUDITOR' and 'paperEvidence' = any (fields)`,
    );
    expect(rows[0]!.n).toBe(1);
  });
});
