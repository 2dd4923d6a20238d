import { randomUUID } from 'node:crypto';
import { addHousehold } from '../../server/support/people';
import type { Stage } from '../../server/support/stage';
import { plantArchive } from './archive';
import { plantAllocation } from './allocation';
import { plantApplication } from './applications';
import { plantMatch } from './matches';
import { exitIn, plantDwelling, plantTenancy, plantViolation } from './tenancy';
import { plantNotice } from './notices';
import { plantSupervision } from './supervision';
import { plantWaiting } from './waiting';

/** One of everything that can be named by its id, in one region. */
export interface Records {
  readonly region: string;
  /** With an open case and a letter in force. */
  readonly household: string;
  readonly person: string;
  readonly openCase: string;
  readonly letter: string;
  /** Of a household whose only case is closed and whose letter has ended. */
  readonly closedHousehold: string;
  readonly closedCase: string;
  readonly endedLetter: string;
  /** A bar of somebody of the closed household that counts no more. */
  readonly liftedBar: string;
  /** Evidence about the closed case that nobody settled. */
  readonly closedEvidence: string;
  /** An open contest about the closed case. */
  readonly closedContest: string;
  /** Of the first household: a review that is waived, and an open inspection. */
  readonly review: string;
  /** Of its eldest with the closed household's: settled, as one person. */
  readonly match: string;
  readonly inspection: string;
  /** What the first household holds. */
  readonly entitlement: string;
  /** Of the first household: something new that nobody was told of. */
  readonly change: string;
  /** Of the closed household: an application refused, with a publicity that was cleared and an objection that was answered. */
  readonly application: string;
  readonly publicity: string;
  readonly objection: string;
  readonly document: string;
  readonly opening: string;
  /** Whoever waited on it, and waits no more. */
  readonly entry: string;
  /** Of the region's stock; what the closed household had of it, which is over, and an exit of the first that was opened. */
  readonly dwelling: string;
  /** Of the first household: a file, what was collected and never arranged, what was filed, a spot check, an order to erase. */
  readonly archiveFile: string;
  readonly archiveEntry: string;
  readonly filedEntry: string;
  readonly spotCheck: string;
  readonly disposal: string;
  readonly allotment: string;
  readonly contract: string;
  readonly occupancy: string;
  readonly exit: string;
  /** Of the inspection: decided already. */
  readonly violation: string;
  /** That its refusal was told; to the eldest of the first household. */
  readonly notice: string;
  /** Drafted and approved, and a round of it; both have moved on since. */
  readonly allocationProcedure: string;
  readonly allocationBatch: string;
  /** About the application, closed; and a report that was carried out. */
  readonly matter: string;
  readonly petition: string;
  /** Completed, asked for by an officer of the region. */
  readonly crossCheck: string;
}

const LETTER = `
  insert into letter (id, region_code, household_id, case_id, purpose, sources, notice_version, signed_on, valid_until, registered_by)
  values ($1, $2, $3, $4, 'ADMISSION_REVIEW', '{property}', '1', '2026-10-01', '2099-12-31', 'test')`;
const MEMBER = `insert into letter_member (letter_id, person_id, region_code, signature, signed_by) values ($1, $2, $3, $4, $5)`;

export async function recordsIn({ base, hub }: Pick<Stage, 'base' | 'hub'>, region: string): Promise<Records> {
  const { owner } = base;
  const [open, closed] = [await addHousehold(base, hub.seal, region), await addHousehold(base, hub.seal, region)];
  const [letter, endedLetter, crossCheck, liftedBar] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const [adult, child] = open.members;
  await owner.query(LETTER, [letter, region, open.id, open.caseId]);
  await owner.query(MEMBER, [letter, adult!.id, region, 'SELF', adult!.id]);
  await owner.query(MEMBER, [letter, child!.id, region, 'GUARDIAN', adult!.id]);
  await owner.query(LETTER, [endedLetter, region, closed.id, closed.caseId]);
  await owner.query(
    `update letter set state = 'ENDED', ended_on = '2026-10-02', end_reason = 'WITHDRAWN' where id = $1`,
    [endedLetter],
  );
  await owner.query(`update housing_case set closed_on = '2026-10-03', closed_as = 'SETTLED' where id = $1`, [
    closed.caseId,
  ]);
  await owner.query(
    `insert into cross_check (id, region_code, purpose, requested_by, requester_role, requester_office, as_of, state, total, done,
       requested_at, finished_at, scope_regions)
     values ($1, $2, 'ADMISSION_REVIEW', 'somebody', 'COUNTY_HOUSING', $2, '2026-10-01', 'COMPLETED', 1, 1, now(), now(), array[$2])`,
    [crossCheck, region],
  );
  await owner.query(
    `insert into cross_check_household (cross_check_id, ordinal, region_code, household_id, case_id, letter_id, state)
     values ($1, 1, $2, $3, $4, $5, 'DONE')`,
    [crossCheck, region, open.id, open.caseId, letter],
  );
  await owner.query(`insert into reapply_bar values ($1, $2, $3, $4, 'FRAUD', '2020-01-01', '1', '2021-01-01', '2')`, [
    liftedBar,
    region,
    closed.id,
    closed.members[0]!.id,
  ]);
  const [closedEvidence, closedContest] = [randomUUID(), randomUUID()];
  await owner.query(
    `insert into paper_evidence (id, region_code, household_id, case_id, rule, persons, document_kind, document_number, issued_by, note, valid_until,
       state, added_at, added_by, added_role, added_office)
     values ($1, $2, $3, $4, 'RR-07', array[$1::uuid], 'VISIT', '1', 'test', 'test', '2099-12-31', 'PROPOSED', '2026-10-02', 'somebody', 'STREET_OFFICER', $2)`,
    [closedEvidence, region, closed.id, closed.caseId],
  );
  await owner.query(
    `insert into fact_contest (id, region_code, household_id, case_id, rule, source, person_id, claimed, reason, filed_on, contested_at,
       contested_by, contested_role, contested_office)
     values ($1, $2, $3, $4, 'RR-03', 'housing', $5, 'test', 'test', '2026-10-02', '2026-10-02', 'somebody', 'STREET_OFFICER', $2)`,
    [closedContest, region, closed.id, closed.caseId, closed.members[0]!.id],
  );
  const about = { household: open.id, person: adult!.id, case: open.caseId, letter };
  await overdueIn({ base }, region, about);
  await taskIn({ base }, region, about);
  const match = await plantMatch({ base }, { region, members: [adult!, closed.members[0]!] }, 'x', 'SAME');
  const [review, inspection] = [randomUUID(), randomUUID()];
  const entitlement = await reviewIn({ base }, region, open.id, review, inspection);
  const change = await changeIn({ base }, region, about);
  const applied = await plantApplication(
    { base },
    { householdId: closed.id, region, members: closed.members, caseId: closed.caseId, letterId: endedLetter } as never,
    {
      ...{ state: 'REJECTED', round: 1, texts: ['x', 'x', 'x'], incomeFen: 1, caseId: closed.caseId },
      ...{ publicity: 'CLEARED', objection: 'NOT_ESTABLISHED' },
    },
  );
  const entry = await plantWaiting(
    { base },
    { householdId: closed.id, region },
    { application: applied.application, state: 'REMOVED', texts: ['x', 'x'] },
  );
  const dwelling = await plantDwelling({ base }, region);
  const words = { title: 'x', place: 'x', reason: 'x', defects: 'x' };
  const archived = await plantArchive({ base, hub }, region, open.id, words);
  const tenancy = await plantTenancy(
    { base },
    { householdId: closed.id, region },
    { ...{ application: applied.application, entry, dwelling, texts: ['x', 'x'], amountFen: 1 } },
  );
  const exit = await exitIn({ base }, region, open.id, review);
  const violation = await plantViolation({ base }, { householdId: open.id, region }, inspection, 'x');
  const notice = await plantNotice({ base }, { householdId: closed.id }, 'x', adult!.id);
  const supervised = await plantSupervision({ base }, region, applied.application);
  return {
    ...{
      review,
      ...{ inspection, entitlement },
      match,
      change,
      ...applied,
      entry,
      dwelling,
      ...tenancy,
      exit,
      violation,
      ...archived,
      notice,
      ...(await plantAllocation({ base }, region)),
      ...supervised,
    },
    ...{ region, household: open.id, person: adult!.id, openCase: open.caseId, letter },
    ...{
      closedHousehold: closed.id,
      closedCase: closed.caseId,
      endedLetter,
      crossCheck,
      liftedBar,
      closedEvidence,
      closedContest,
    },
  };
}

/** Secured since this year, so that this year's review is waived; and somebody has seen something. */
async function reviewIn(
  { base }: Pick<Stage, 'base'>,
  region: string,
  household: string,
  review: string,
  inspection: string,
): Promise<string> {
  const [campaign, entitlement] = [randomUUID(), randomUUID()];
  await base.owner.query(`insert into entitlement values ($1, $2, $3, 'LOW_RENT', '2026-02-01')`, [
    ...[entitlement, region, household],
  ]);
  await base.owner.query(
    `insert into review_campaign (id, region_code, year, opened_by, role, office, opened_at, declare_by, declare_by_provisional)
     values ($1, $2, 2026, 'test', 'COUNTY_HOUSING', $2, '2026-10-01', '2026-11-01', false) on conflict do nothing`,
    [campaign, region],
  );
  await base.owner.query(
    `insert into annual_review (id, campaign_id, region_code, household_id, year, entitlement_id, programme, due_on, declare_by, state, exempt_as)
     select $1, id, $2, $3, 2026, $4, 'LOW_RENT', '2027-02-01', '2026-11-01', 'EXEMPT', 'NOT_YET_DUE' from review_campaign where region_code = $2`,
    [review, region, household, entitlement],
  );
  await base.owner.query(
    `insert into inspection (id, region_code, household_id, kind, signal, seen_from, opens_on, signalled_by, signalled_at, state)
     values ($1, $2, $3, 'SUBLET', 'VISIT', '2026-10-01', '2026-10-01', 'test', '2026-10-01', 'OPEN')`,
    [inspection, region, household],
  );
  await base.owner.query(DETECTED, [region, household, entitlement]);
  return entitlement;
}

const DETECTED = `insert into detection_finding (id, region_code, household_id, entitlement_id, kind, found_on, state)
  values (gen_random_uuid(), $1, $2, $3, 'INELIGIBLE_CATEGORY', '2026-10-01', 'OPEN')`;

/** A car that came since; the guard, which wants a letter to watch, looks away. */
async function changeIn(
  { base }: Pick<Stage, 'base'>,
  region: string,
  about: { household: string; person: string; case: string; letter: string },
): Promise<string> {
  const id = randomUUID();
  await base.owner.query('alter table change disable trigger guard_change');
  await base.owner.query(
    `insert into change (id, region_code, household_id, person_id, case_id, letter_id, kind, source, item, seen_on, query_id)
     values ($1, $2, $3, $4, $5, $6, 'NEW_VEHICLE', 'vehicle', 'test', '2026-10-02', $1)`,
    [id, region, about.household, about.person, about.case, about.letter],
  );
  await base.owner.query('alter table change enable trigger guard_change');
  return id;
}

/** Its case lacks an answer about one member. */
async function taskIn(
  { base }: Pick<Stage, 'base'>,
  region: string,
  about: { household: string; person: string; case: string },
): Promise<void> {
  await base.owner.query(
    `insert into evidence_task (id, region_code, household_id, case_id, kind, about, persons, rules, due_provisional, opened_at, opened_in, opened_by)
     values (gen_random_uuid(), $1, $2, $3, 'SOURCE', 'vehicle', array[$4::uuid], '{RR-12}', false, '2026-10-02', gen_random_uuid(), 'test')`,
    [region, about.household, about.case, about.person],
  );
}

/** An answer that should have come long ago. */
async function overdueIn(
  { base }: Pick<Stage, 'base'>,
  region: string,
  about: { household: string; person: string; case: string; letter: string },
): Promise<void> {
  const query = randomUUID();
  await base.owner.query(
    `insert into deferred_query (query_id, source, ticket, asked_at, due_at, next_poll_at)
     values ($1, 'civil-affairs', 'late', '2026-10-01', '2026-10-20', '2099-01-01')`,
    [query],
  );
  await base.owner.query(
    `insert into answer (id, at, region_code, household_id, person_id, case_id, letter_id, purpose, source, status, fields, max_age,
       query_id, asked_at, due_at)
     values (gen_random_uuid(), '2026-10-02', $1, $2, $3, $4, $5, 'ADMISSION_REVIEW', 'civil-affairs', 'PENDING', '{allowanceClass}',
       '30 days', $6, '2026-10-01', '2026-10-20')`,
    [region, about.household, about.person, about.case, about.letter, query],
  );
}

/** Nothing stands under these ids anywhere. */
export const nowhere = (region: string): Records => ({
  ...{ region, household: randomUUID(), person: randomUUID(), openCase: randomUUID(), letter: randomUUID() },
  ...{ archiveFile: randomUUID(), archiveEntry: randomUUID(), filedEntry: randomUUID() },
  ...{ spotCheck: randomUUID(), disposal: randomUUID() },
  ...{
    closedHousehold: randomUUID(),
    closedCase: randomUUID(),
    endedLetter: randomUUID(),
    crossCheck: randomUUID(),
    liftedBar: randomUUID(),
    closedEvidence: randomUUID(),
    closedContest: randomUUID(),
    entitlement: randomUUID(),
    ...{ review: randomUUID(), inspection: randomUUID(), match: randomUUID(), change: randomUUID() },
    ...{ application: randomUUID(), publicity: randomUUID(), objection: randomUUID() },
    ...{ document: randomUUID(), opening: randomUUID() },
    entry: randomUUID(),
    ...{ dwelling: randomUUID(), allotment: randomUUID(), contract: randomUUID(), occupancy: randomUUID() },
    ...{ exit: randomUUID(), violation: randomUUID() },
    notice: randomUUID(),
    ...{ allocationProcedure: randomUUID(), allocationBatch: randomUUID() },
    ...{ matter: randomUUID(), petition: randomUUID() },
  },
});
