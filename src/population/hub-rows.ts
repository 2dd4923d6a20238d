import { connectors } from '../../connectors';
import { personNumber, type Seal } from '../access/seal';
import { ageOn } from '../access/identity';
import { addYears } from './calendar';
import type { Household, Human } from './draft';
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
  housing_case: 'id, region_code, household_id, kind, programme, applicant_id, submitted_on, declared_income_fen',
  letter:
    'id, region_code, household_id, case_id, purpose, sources, notice_version, signed_on, valid_until, registered_by, state',
  letter_member: 'letter_id, person_id, region_code, signature, signed_by',
  entitlement: 'id, region_code, household_id, programme, since, until',
} as const;
export type HubTable = keyof typeof HUB_TABLES;

/** Writes one household as the hub holds it: numbers sealed, nothing of the agencies. */
export function writeHub(sheets: Sheets<HubTable>, household: Household, today: string, seal: Seal): void {
  const { id, county, caseId, members } = household;
  sheets.household.add(id, county, household.fileNumber, household.registeredOn);
  for (const human of household.residents) writePerson(sheets.person, human, county, seal);
  for (const { id: memberId, human, relation, declaredName, from, to } of members) {
    sheets.household_member.add(memberId, county, id, human.id, relation, declaredName, from, to);
  }
  const { programme, submittedOn, declaredIncomeFen } = household;
  const applicant = applicantOf(household).id;
  sheets.housing_case.add(caseId, county, id, 'APPLICATION', programme, applicant, submittedOn, declaredIncomeFen);
  if (household.hasLetter) writeLetter(sheets, household, today);
  for (const { id: entitlementId, programme: granted, since, until } of household.entitlements) {
    sheets.entitlement.add(entitlementId, county, id, granted, since, until);
  }
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
