import { randomUUID } from 'node:crypto';
import type { File } from '../../support/files';
import type { RunningHub } from '../../support/running-hub';

type Owner = Pick<RunningHub, 'base'>;

/** A review of a file's household as it stands in the middle of its way. */
export interface PlantedReview {
  readonly state: string;
  /** What is written of the eldest in its step and in the inspection. */
  readonly text: string;
  readonly amountFen: number;
  /** Declared in its case, as in the household's others. */
  readonly incomeFen: number;
  /** The report it stands on. */
  readonly report?: string;
  /** A decision that can be carried out at once. */
  readonly decided?: true;
}

const STEP = `insert into review_step (id, region_code, household_id, review_id, kind, at, taken_by, role, office, on_day, outcome, conversion, amount_fen,
    basis, note, report_hash, objections_until, effective_on)
  values (gen_random_uuid(), $1, $2, $3, 'DECISION', $4, 'test', 'COUNTY_HOUSING', $1, '2026-10-01', $5, $6, $7, '第八条', $8, $9, '2026-10-02', '2026-10-03')`;

/** Takes the place of the household's review of this year; its guards look away meanwhile. Returns its id. */
export async function plantReview({ base }: Owner, file: File, planted: PlantedReview): Promise<string> {
  const { owner } = base;
  const { householdId, region, members } = file;
  const { state, text, amountFen, report = null, decided } = planted;
  const [id, caseId, entitlement] = [randomUUID(), randomUUID(), randomUUID()];
  for (const table of ['review_step', 'exit_case'])
    await owner.query(`delete from ${table} where household_id = $1`, [householdId]);
  await owner.query('delete from annual_review where household_id = $1', [householdId]);
  await owner.query(
    `insert into review_campaign (id, region_code, year, opened_by, role, office, opened_at, declare_by, declare_by_provisional)
     values (gen_random_uuid(), $1, 2026, 'test', 'COUNTY_HOUSING', $1, '2026-10-01', '2026-11-01', false) on conflict do nothing`,
    [region],
  );
  await owner.query(
    `insert into housing_case (id, region_code, household_id, kind, programme, applicant_id, submitted_on, declared_income_fen)
     values ($1, $2, $3, 'ANNUAL_REVIEW', 'LOW_RENT', $4, '2020-01-01', $5)`,
    [caseId, region, householdId, members[0]!.id, planted.incomeFen],
  );
  await owner.query(`insert into entitlement values ($1, $2, $3, 'LOW_RENT', '2020-01-01', '2020-01-02')`, [
    ...[entitlement, region, householdId],
  ]);
  await owner.query('alter table annual_review disable trigger begin_review');
  await owner.query('alter table review_step disable trigger take_review_step');
  await owner.query(
    `insert into annual_review (id, campaign_id, region_code, household_id, year, entitlement_id, programme, case_id, due_on, declare_by, state, report_hash, outcome)
     select $1, id, $2, $3, 2026, $4, 'LOW_RENT', $5, '2026-10-01', '2026-11-01', $6, $7, $8 from review_campaign where region_code = $2`,
    [id, region, householdId, entitlement, caseId, state, report, decided ? 'ADJUST' : null],
  );
  const written = [region, householdId, id];
  await owner.query(STEP, [...written, '2026-10-01', 'CONVERT_TO_PUBLIC_RENTAL', 'PURCHASE', amountFen, text, 'older']);
  if (decided) await owner.query(STEP, [...written, '2026-10-02', 'ADJUST', null, null, text, report]);
  await owner.query('alter table annual_review enable trigger begin_review');
  await owner.query('alter table review_step enable trigger take_review_step');
  if (report !== null)
    await owner.query(`insert into case_report values ($1, $2, $3, $1, $4, 'ELIGIBLE', now())`, [
      ...[caseId, region, householdId, report],
    ]);
  return id;
}

/** An inspection of the household, open unless something was found; others of it are gone. Returns its id. */
export async function plantInspection({ base }: Owner, file: File, text: string, result?: string): Promise<string> {
  const { owner } = base;
  const id = randomUUID();
  for (const table of ['violation', 'inspection'])
    await owner.query(`delete from ${table} where household_id = $1`, [file.householdId]);
  await owner.query('alter table inspection disable trigger guard_inspection');
  await owner.query(
    `insert into inspection (id, region_code, household_id, kind, signal, seen_from, opens_on, signal_note, signalled_by, signalled_at, state,
       inspected_on, result_note, inspected_by)
     values ($1, $2, $3, 'SUBLET', 'VISIT', '2026-10-01', '2026-10-01', $4, 'test', '2026-10-01', $5, $6, $7, $8)`,
    [
      ...[id, file.region, file.householdId, text, result ? 'FALSE_ALARM' : 'OPEN'],
      ...[result ? '2026-10-02' : null, result ?? null, result ? 'test' : null],
    ],
  );
  await owner.query('alter table inspection enable trigger guard_inspection');
  return id;
}

/** What is new of a household's eldest; others of it are gone. */
export interface PlantedChange {
  readonly item: string;
  readonly datedOn: string;
  /** What was said to it, and of it in the end; none: it is in this state. */
  readonly reply?: string;
  readonly closingNote?: string;
  readonly state?: string;
}

/** Takes the place of the household's others; its guards look away meanwhile. Returns its id. */
export async function plantChange({ base }: Owner, file: File, planted: PlantedChange): Promise<string> {
  const { owner } = base;
  const { reply = null, closingNote = null, state = closingNote ? 'CLOSED' : 'OPEN' } = planted;
  const [id, told, by] = [randomUUID(), state === 'OPEN' ? null : '2026-10-03', state === 'OPEN' ? null : 'test'];
  await owner.query('delete from change where household_id = $1', [file.householdId]);
  await owner.query('alter table change disable trigger guard_change');
  await owner.query(
    `insert into change (id, region_code, household_id, person_id, case_id, letter_id, kind, source, item, dated_on, seen_on, query_id, state,
       notified_on, notified_by, reply_by, reply_by_provisional, reply, replied_on, reply_taken_by, closing_note, outcome, closed_on, closed_by)
     values ($1, $2, $3, $4, $5, $6, 'NEW_VEHICLE', 'vehicle', $7, $8, '2026-10-02', $1, $9,
       $10, $11, $10::date + 20, case when $10::date is not null then false end, $12, $13, $14, $15, $16, $17, $18)`,
    [
      ...[id, file.region, file.householdId, file.members[0]!.id, file.caseId, file.letterId],
      ...[planted.item, planted.datedOn, state, told, by],
      ...(reply ? [reply, '2026-10-05', 'test'] : [null, null, null]),
      ...(closingNote ? [closingNote, 'MISTAKEN', '2026-10-06', 'test'] : [null, null, null, null]),
    ],
  );
  await owner.query('alter table change enable trigger guard_change');
  return id;
}

/** The household has to leave: its review said so. */
export async function plantExit({ base }: Owner, { householdId, region }: File): Promise<void> {
  await base.owner.query('alter table exit_case disable trigger exit_by_decision');
  await base.owner.query(
    `insert into exit_case (id, region_code, household_id, review_id, ground, basis, opened_on, vacate_by)
     select gen_random_uuid(), $1, $2, id, 'SUBLET', '第九条', '2026-10-01', '2026-11-01' from annual_review where household_id = $2`,
    [region, householdId],
  );
  await base.owner.query('alter table exit_case enable trigger exit_by_decision');
}

/** What a night found of what the household held. */
export const plantDetection = ({ base }: Owner, { householdId }: File) =>
  base.owner.query(
    `insert into detection_finding (id, region_code, household_id, entitlement_id, kind, ground, found_on, state)
     select gen_random_uuid(), region_code, household_id, id, 'INELIGIBLE_CATEGORY', 'OTHER', '2026-10-01', 'OPEN' from entitlement where household_id = $1 limit 1`,
    [householdId],
  );
