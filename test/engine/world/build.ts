import { createHash, randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import type { Subject } from '../../../src/engine/evaluate';
import { SOURCES, type HouseholdPlan, type MemberPlan } from './plan';
import { Sheets } from './sheets';

export const PURPOSE = 'ADMISSION_REVIEW';
/** Instant of every judgement in these tests; the day of judgement is its own. */
export const NOW = new Date('2026-11-22T04:00:00Z');
export const TODAY = '2026-11-22';
const DAY_MS = 86_400_000;

export interface Built extends Subject {
  readonly persons: readonly string[];
}

/** The 32 bytes by which a person's number is found; here simply of the person's id. */
const indexOf = (personId: string): string => createHash('sha256').update(personId).digest('hex');

/** Puts households with their cases, letters and answers into the database. */
export async function build(owner: Client, plans: readonly HouseholdPlan[]): Promise<Built[]> {
  const sheets = new Sheets();
  const persons: string[][] = [];
  const built = plans.map((plan, i) => {
    const own = plan.members.map(({ samePersonAs }) =>
      samePersonAs ? persons[samePersonAs[0]]![samePersonAs[1]]! : randomUUID(),
    );
    persons.push(own);
    const ids = {
      householdId: randomUUID(),
      caseId: randomUUID(),
      letterId: plan.letter ? randomUUID() : null,
      persons: own,
    };
    addHousehold(sheets, plan, ids, i);
    plan.members.forEach((member, place) => addMember(sheets, plan, ids, member, place));
    return ids;
  });
  await sheets.insert(owner);
  return built;
}

function addHousehold(
  sheets: Sheets,
  plan: HouseholdPlan,
  { householdId, caseId, letterId, persons }: Built,
  i: number,
): void {
  const region_code = plan.regionCode;
  const file_number = `${i}-${householdId.slice(0, 8)}`;
  sheets.add('household', {
    id: householdId,
    region_code,
    file_number,
    registered_on: '2020-01-01',
    closed_on: plan.closedOn ?? null,
  });
  const housingCase = {
    id: caseId,
    region_code,
    household_id: householdId,
    kind: plan.kind,
    programme: plan.programme,
    applicant_id: persons[plan.members.findIndex(({ relation }) => relation === 'APPLICANT')],
    submitted_on: plan.submittedOn,
    closed_on: null as string | null,
    declared_income_fen: plan.declaredIncomeFen,
  };
  sheets.add('housing_case', housingCase);
  for (const day of plan.reviewedOn ?? []) {
    const review = { id: randomUUID(), kind: 'ANNUAL_REVIEW', submitted_on: day, closed_on: day };
    sheets.add('housing_case', { ...housingCase, ...review });
  }
  for (const entitlement of plan.entitlements ?? []) {
    sheets.add('entitlement', { id: randomUUID(), region_code, household_id: householdId, ...entitlement });
  }
  for (const { member, returnedOn, liftedOn } of plan.bars ?? []) {
    const bar = {
      id: randomUUID(),
      region_code,
      household_id: householdId,
      person_id: persons[member],
      ground: 'MISUSE',
    };
    const lifted = { lifted_on: liftedOn, lifting_document: liftedOn && '赤住保撤〔2024〕1号' };
    sheets.add('reapply_bar', { ...bar, returned_on: returnedOn, document_number: '赤住保〔2022〕1号', ...lifted });
  }
  for (const { kind, seenFrom, inspectedOn, state } of plan.inspections ?? []) {
    const found = {
      inspected_on: inspectedOn,
      result_note: inspectedOn && '查看',
      inspected_by: inspectedOn && 'test',
    };
    const signal = { signal: 'VISIT', signalled_by: 'test', signalled_at: '2026-10-01T00:00:00Z' };
    sheets.add('inspection', {
      ...{ id: randomUUID(), region_code, household_id: householdId, kind, seen_from: seenFrom, opens_on: seenFrom },
      ...{ ...signal, ...found, state },
    });
  }
  if (!plan.letter) return;
  sheets.add('letter', {
    id: letterId,
    region_code,
    household_id: householdId,
    case_id: caseId,
    purpose: PURPOSE,
    sources: [...SOURCES],
    notice_version: '1',
    signed_on: plan.letter.signedOn,
    valid_until: plan.letter.validUntil,
    state: 'DRAFTED',
    ended_on: plan.letter.endedOn ?? null,
    end_reason: plan.letter.endedOn ? 'WITHDRAWN' : null,
    registered_by: 'test',
  });
}

function addMember(sheets: Sheets, plan: HouseholdPlan, built: Built, member: MemberPlan, place: number): void {
  const { householdId, letterId, persons } = built;
  const person_id = persons[place]!;
  const region_code = plan.regionCode;
  if (!member.samePersonAs) {
    const identity = { id_number: '\\x00', id_number_key: 'k1', id_index: `\\x${indexOf(person_id)}` };
    sheets.add('person', { id: person_id, region_code, name: member.name, birth_date: member.birthDate, ...identity });
  }
  sheets.add('household_member', {
    id: randomUUID(),
    region_code,
    household_id: householdId,
    person_id,
    relation: member.relation,
    declared_name: member.declaredName ?? member.name,
    from_date: member.from ?? '2020-01-01',
    to_date: member.to ?? null,
  });
  if (letterId && member.signature) {
    sheets.add('letter_member', {
      letter_id: letterId,
      person_id,
      region_code,
      signature: member.signature,
      signed_by: person_id,
    });
  }
  if (letterId) addAnswers(sheets, plan, built, member, person_id);
}

function addAnswers(sheets: Sheets, plan: HouseholdPlan, built: Built, member: MemberPlan, person_id: string): void {
  for (const source of SOURCES) {
    const answer = member.answers[source];
    if (!answer) continue;
    const decides = answer.status === 'FOUND' || answer.status === 'NOT_FOUND';
    const asOf = new Date(NOW.getTime() - (answer.ageInDays ?? 1) * DAY_MS);
    sheets.add('answer', {
      id: randomUUID(),
      at: NOW,
      region_code: plan.regionCode,
      household_id: built.householdId,
      person_id,
      case_id: built.caseId,
      letter_id: built.letterId,
      purpose: PURPOSE,
      source,
      status: answer.status,
      fields: answer.fields ?? Object.keys(answer.value ?? {}),
      value: answer.value ? stored(answer.value, built) : null,
      as_of: decides ? asOf : null,
      max_age: '30 days',
      covered: answer.covered ?? true,
      query_id: randomUUID(),
      asked_at: NOW,
      due_at: answer.dueAt ?? null,
      retry_at: answer.retryAt ?? null,
    });
  }
}

/** The value with the spouse's number as the exchange keeps it: blind index beside the seal. */
function stored(value: Readonly<Record<string, unknown>>, { persons }: Built): Record<string, unknown> {
  const written = value.spouseIdNumber as { spouse: number | 'STRANGER' } | null | undefined;
  if (!written) return { ...value };
  const person = written.spouse === 'STRANGER' ? randomUUID() : persons[written.spouse]!;
  return { ...value, spouseIdNumber: { index: indexOf(person), sealed: '' } };
}
