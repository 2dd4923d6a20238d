import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { connectors } from '../../../connectors';
import { personNumber, type Seal } from '../../../src/access/seal';
import type { Ask } from '../../../src/exchange/contract';

export interface Someone {
  readonly idNumber: string;
  readonly name: string;
}

export const REGION = '150402';
export const PURPOSE = 'ADMISSION_REVIEW';
const SOURCES = connectors.map(({ name }) => name);

/** A household with a live case and a letter in force that covers all its members. */
export interface Family {
  readonly householdId: string;
  readonly caseId: string;
  readonly letterId: string;
  readonly asks: readonly Ask[];
}

export interface LetterTerms {
  readonly purpose?: string;
  readonly sources?: readonly string[];
  readonly covers?: readonly string[];
}

async function makePerson(owner: Client, seal: Seal, { idNumber, name }: Someone): Promise<string> {
  const id = randomUUID();
  const { rows } = await owner.query<{ person_id: string }>(
    `select person_id from register_persons($1::uuid[], $2::text[], $3::text[], $4::date[], $5::bytea[], $6::text[], $7::bytea[])`,
    [
      [id],
      [REGION],
      [name],
      ['1980-01-01'],
      [seal.seal(idNumber, personNumber(id))],
      [seal.keyId],
      [seal.index(idNumber)],
    ],
  );
  return rows[0]!.person_id;
}

export async function makeCase(owner: Client, householdId: string, applicantId: string): Promise<string> {
  const caseId = randomUUID();
  await owner.query(
    `insert into housing_case values ($1, $2, $3, 'APPLICATION', 'LOW_RENT', $4, '2026-11-01', null, 200000)`,
    [caseId, REGION, householdId, applicantId],
  );
  return caseId;
}

export async function makeLetter(
  owner: Client,
  householdId: string,
  caseId: string,
  persons: readonly string[],
  terms: LetterTerms = {},
) {
  const letterId = randomUUID();
  await owner.query(
    `insert into letter values ($1, $2, $3, $4, $5, $6, 'v1', '2026-11-01', '2027-10-31', null, null, 'clerk')`,
    [letterId, REGION, householdId, caseId, terms.purpose ?? PURPOSE, terms.sources ?? SOURCES],
  );
  for (const person of terms.covers ?? persons) {
    await owner.query(`insert into letter_member values ($1, $2, $3, 'SELF', $2)`, [letterId, person, REGION]);
  }
  return letterId;
}

export async function makeFamily(
  owner: Client,
  seal: Seal,
  people: readonly Someone[],
  terms?: LetterTerms,
): Promise<Family> {
  const householdId = randomUUID();
  await owner.query(`insert into household values ($1, $2, $3, '2026-11-01')`, [
    householdId,
    REGION,
    householdId.slice(0, 8),
  ]);
  const persons: string[] = [];
  for (const person of people) {
    const id = await makePerson(owner, seal, person);
    persons.push(id);
    await owner.query(`insert into household_member values ($1, $2, $3, $4, 'OTHER', $5, '2026-11-01')`, [
      randomUUID(),
      REGION,
      householdId,
      id,
      person.name,
    ]);
  }
  const caseId = await makeCase(owner, householdId, persons[0]!);
  const letterId = await makeLetter(owner, householdId, caseId, persons, terms);
  return {
    householdId,
    caseId,
    letterId,
    asks: persons.map((personId) => ({ personId, householdId, caseId, letterId, regionCode: REGION })),
  };
}
