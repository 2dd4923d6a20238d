import { connectors } from '../../connectors';
import { personNumber, type Seal } from '../access/seal';
import { ageOn } from '../access/identity';
import { addYears } from './calendar';
import type { Household, Human, Visit } from './draft';
import { activeMembers } from './household';
import { applicantOf } from './livelihood';
import { bytes, type Sheet, type Sheets } from './sheet';

/** Letters of the demonstration name every agency there is. */
const LETTER_SOURCES = connectors.map(({ name }) => name);
const PURPOSE = 'ADMISSION_REVIEW';
const NOTICE_VERSION = '2026-01';
const ADULT_AGE = 18;

/** Tables of the hub and the columns written, parents before children. */
export const HUB_TABLES = {
  household: 'id, region_code, file_number, registered_on',
  person: 'id, region_code, name, birth_date, id_number, id_number_key, id_index',
  household_member: 'id, region_code, household_id, person_id, relation, declared_name, from_date, to_date',
  housing_case:
    'id, region_code, household_id, kind, programme, applicant_id, submitted_on, declared_income_fen, closed_on, closed_as',
  letter:
    'id, region_code, household_id, case_id, purpose, sources, notice_version, signed_on, valid_until, registered_by, state',
  letter_member: 'letter_id, person_id, region_code, signature, signed_by',
  entitlement: 'id, region_code, household_id, programme, since, until',
  reapply_bar:
    'id, region_code, household_id, person_id, ground, returned_on, document_number, lifted_on, lifting_document',
  inspection: `id, region_code, household_id, kind, signal, seen_from, opens_on, signalled_by, signalled_at, state, inspected_on,
    result_note, inspected_by`,
} as const;
export type HubTable = keyof typeof HUB_TABLES;

/** Writes one household as the hub holds it: numbers sealed, nothing of the agencies. */
export function writeHub(sheets: Sheets<HubTable>, household: Household, today: string, seal: Seal): void {
  const { id, county, members } = household;
  sheets.household.add(id, county, household.fileNumber, household.registeredOn);
  for (const human of household.residents) writePerson(sheets.person, human, county, seal);
  for (const { id: memberId, human, relation, declaredName, from, to } of members) {
    sheets.household_member.add(memberId, county, id, human.id, relation, declaredName, from, to);
  }
  writeCases(sheets.housing_case, household);
  if (household.hasLetter) writeLetter(sheets, household, today);
  for (const { id: entitlementId, programme: granted, since, until } of household.entitlements) {
    sheets.entitlement.add(entitlementId, county, id, granted, since, until);
  }
  for (const { id: barId, human, ground, returnedOn, liftedOn } of household.bars) {
    const lifted = [liftedOn, liftedOn && '撤销决定〔2020〕2号'] as const;
    sheets.reapply_bar.add(barId, county, id, human.id, ground, returnedOn, '退回决定〔2020〕1号', ...lifted);
  }
  for (const visit of household.visits) writeVisit(sheets.inspection, household, visit);
}

function writeCases(sheet: Sheet, household: Household): void {
  const { id, county, caseId, kind, programme, submittedOn, declaredIncomeFen } = household;
  const [applicant, ...closed] = [applicantOf(household).id, null, null];
  sheet.add(caseId, county, id, kind, programme, applicant, submittedOn, declaredIncomeFen, ...closed);
  for (const { id: reviewId, on } of household.reviews)
    sheet.add(reviewId, county, id, 'ANNUAL_REVIEW', programme, applicant, on, null, on, 'SETTLED');
}

function writeVisit(sheet: Sheet, { id, county }: Household, { id: visitId, kind, seenFrom, found }: Visit): void {
  const signal = kind === 'VACANT' ? 'METER' : 'COMPLAINT';
  const result = found ? [found.state, found.on, '现场巡查记录', 'population'] : ['OPEN', null, null, null];
  sheet.add(visitId, county, id, kind, signal, seenFrom, seenFrom, 'population', `${seenFrom} 08:00:00Z`, ...result);
}

function writePerson(sheet: Sheet, { id, idNumber, name, birthDate }: Human, county: string, seal: Seal): void {
  const sealed = seal.seal(idNumber, personNumber(id));
  sheet.add(id, county, name, birthDate, bytes(sealed), seal.keyId, bytes(seal.index(idNumber)));
}

/** 授权书: adults sign themselves, an adult of the household for each minor. */
function writeLetter(sheets: Sheets<HubTable>, household: Household, today: string): void {
  const { id, county, caseId, letterId, submittedOn } = household;
  const validUntil = addYears(today, 1);
  const sources = `{${LETTER_SOURCES.join(',')}}`;
  sheets.letter.add(
    letterId,
    county,
    id,
    caseId,
    PURPOSE,
    sources,
    NOTICE_VERSION,
    submittedOn,
    validUntil,
    'population',
    'ACTIVE',
  );
  const covered = activeMembers(household, today).map(({ human }) => human);
  const guardian = covered.find(({ birthDate }) => ageOn(birthDate, today) >= ADULT_AGE)!;
  for (const { id: personId, birthDate } of covered) {
    const own = ageOn(birthDate, today) >= ADULT_AGE;
    sheets.letter_member.add(letterId, personId, county, own ? 'SELF' : 'GUARDIAN', own ? personId : guardian.id);
  }
}
