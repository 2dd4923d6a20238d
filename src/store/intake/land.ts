import type { ClientBase } from 'pg';
import { newId } from '../../access/new-id';
import { personNumber, type Seal } from '../../access/seal';
import { HubError } from '../../errors';
import type { HouseholdFile } from './files';
import type { Line } from './line';

const PERSONS = 'select person_id from register_persons($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) order by ordinal';
const MARKS = 'select mark_persons($1, $2, $3, $4, $5)';
const HOUSEHOLDS = `insert into household (id, region_code, file_number, registered_on)
  select id, $1, file_number, registered_on from unnest($2::uuid[], $3::text[], $4::date[]) as g (id, file_number, registered_on)`;
const MEMBERS = `insert into household_member (id, region_code, household_id, person_id, relation, declared_name, from_date)
  select id, $1, household_id, person_id, relation, declared_name, from_date
  from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::date[])
    as g (id, household_id, person_id, relation, declared_name, from_date)`;

/** Writes new households with their persons and members, three statements for all. Returns them with their ids. */
export async function landFiles(
  client: ClientBase,
  region: string,
  files: readonly HouseholdFile[],
  seal: Seal,
): Promise<readonly (HouseholdFile & { readonly id: string })[]> {
  if (files.length === 0) return [];
  const households = files.map((file) => ({ ...file, id: newId() }));
  const members = households.flatMap(({ id, lines }) => lines.map((line) => ({ ...line, householdId: id })));
  const persons = await registerPersons(client, region, members, seal);
  const of = <Row, Value>(rows: readonly Row[], value: (row: Row) => Value) => rows.map(value);
  await client.query(HOUSEHOLDS, [
    region,
    of(households, ({ id }) => id),
    of(households, ({ fileNumber }) => fileNumber),
    of(households, ({ registeredOn }) => registeredOn),
  ]);
  await client.query(MEMBERS, [
    region,
    of(members, () => newId()),
    of(members, ({ householdId }) => householdId),
    persons,
    of(members, ({ relation }) => relation),
    of(members, ({ name }) => name),
    of(members, ({ since }) => since),
  ]);
  return households;
}

/** Ids of the persons, found or made, in the order of the lines. */
async function registerPersons(
  client: ClientBase,
  region: string,
  lines: readonly Line[],
  seal: Seal,
): Promise<string[]> {
  const ids = lines.map(() => newId());
  const marks = lines.map(({ idNumber }) => seal.marks(idNumber));
  const { rows } = await client
    .query<{
      person_id: string;
    }>(PERSONS, [
      ids,
      lines.map(() => region),
      lines.map(({ name }) => name),
      lines.map(({ birthDate }) => birthDate),
      lines.map(({ idNumber }, at) => seal.seal(idNumber, personNumber(ids[at]!))),
      lines.map(() => seal.keyId),
      marks.map(({ index }) => index),
      marks[0]!.indexKey,
      marks.map(({ next }) => next),
      marks[0]!.nextKey,
    ])
    .catch(behindTheKeys);
  const found = rows.map(({ person_id }) => person_id);
  const made = lines.map((line, at) => ({ ...line, id: ids[at]! })).filter(({ id }, at) => found[at] === id);
  await markPersons(client, made, seal);
  return found;
}

/** Lays the persons that were made beside those who are there already, for the screening. */
async function markPersons(
  client: ClientBase,
  made: readonly (Line & { readonly id: string })[],
  seal: Seal,
): Promise<void> {
  if (made.length === 0) return;
  const { blocksOf, BLOCKS } = await import('../../matching/blocks.js');
  const { MODEL } = await import('../../matching/model.js');
  const { key, digests } = seal.blocks(made.flatMap(blocksOf));
  await client.query(MARKS, [made.map(({ id }) => id), digests, BLOCKS, key, MODEL.version]);
}

/** AJ001 of register_persons: the keys were changed and this process has not heard of it yet. */
function behindTheKeys(error: Error & { code?: string }): never {
  throw error.code === 'AJ001' ? new HubError('NOT_READY') : error;
}
