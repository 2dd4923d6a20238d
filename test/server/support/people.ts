import { randomUUID } from 'node:crypto';
import { checkCharacter } from '../../../src/access/identity';
import { personNumber, type Seal } from '../../../src/access/seal';
import type { TestDatabase } from '../../support/database';

export interface TestPerson {
  readonly id: string;
  readonly name: string;
  readonly idNumber: string;
  readonly birthDate: string;
}

export interface TestHousehold {
  readonly id: string;
  readonly caseId: string;
  readonly members: readonly TestPerson[];
}

/** A valid number (GB 11643) of somebody born on a day. */
export function idNumberOf(county: string, birthDate: string, sequence: number): string {
  const first17 = `${county}${birthDate.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
  return first17 + checkCharacter(first17);
}

let sequence = 0;

/** A household of an applicant and a child of ten, with an open application; numbers sealed as the hub seals them. */
export async function addHousehold(
  { owner }: TestDatabase,
  seal: Seal,
  regionCode: string,
  submittedOn = '2026-10-01',
): Promise<TestHousehold> {
  const household = { id: randomUUID(), caseId: randomUUID() };
  await owner.query('insert into household (id, region_code, file_number, registered_on) values ($1, $2, $3, $4)', [
    household.id,
    regionCode,
    household.caseId,
    submittedOn,
  ]);
  const members = [person('萨仁花', regionCode, '1986-05-12'), person('韦一诺', regionCode, '2016-05-12')];
  for (const [place, { id, name, birthDate, idNumber }] of members.entries()) {
    await owner.query('insert into person values ($1, $2, $3, $4, $5, $6, $7)', [
      ...[id, regionCode, name, birthDate],
      ...[seal.seal(idNumber, personNumber(id)), seal.keyId, seal.index(idNumber)],
    ]);
    await owner.query('insert into household_member values ($1, $2, $3, $4, $5, $6, $7)', [
      ...[randomUUID(), regionCode, household.id, id, place === 0 ? 'APPLICANT' : 'CHILD', name, '2020-01-01'],
    ]);
  }
  await owner.query(
    `insert into housing_case (id, region_code, household_id, kind, programme, applicant_id, submitted_on)
     values ($1, $2, $3, 'APPLICATION', 'PUBLIC_RENTAL', $4, $5)`,
    [household.caseId, regionCode, household.id, members[0]!.id, submittedOn],
  );
  return { ...household, members };
}

function person(name: string, county: string, birthDate: string): TestPerson {
  return { id: randomUUID(), name, birthDate, idNumber: idNumberOf(county, birthDate, (sequence += 1)) };
}
