import type { ClientBase } from 'pg';
import { normaliseName } from '../../access/identity';
import type { Seal } from '../../access/seal';
import type { Session } from '../../access/session';
import { loggedRead, type PersonalSelect } from '../../audit/reads';
import { clause, guardOf } from '../../clauses';
import { nameInScope } from '../name-in-scope';
import type { HouseholdFile } from './files';
import type { Flaw } from './line';

const FILES: PersonalSelect = {
  name: 'files-known',
  takes: 2,
  text: `select h.file_number, h.registered_on, m.person_id, m.relation, m.declared_name, m.from_date, p.id_index, p.id_index_next
         from household h left join household_member m on m.household_id = h.id left join person p on p.id = m.person_id
         where h.region_code = $1 and h.file_number = any($2)`,
};

/** Row scope bounds what is found: who is known outside of it is not told here, but found by a cross-check (RR-03). */
const PERSONS: PersonalSelect = {
  name: 'persons-known',
  takes: 1,
  text: `select p.id as person_id, p.id_index, p.id_index_next, ${nameInScope('p')} as name, exists (
           select from household_member m join household h on h.id = m.household_id
           where m.person_id = p.id and m.to_date is null and h.closed_on is null) as filed
         from person p where p.id_index = any($1::bytea[]) or p.id_index_next = any($1::bytea[])`,
};

/** 一户一档. */
const ONE_FILE = guardOf(clause('IM-4.7'));

interface KnownMember {
  readonly file_number: string;
  readonly registered_on: string;
  readonly relation: string | null;
  readonly declared_name: string;
  readonly from_date: string;
  readonly id_index: Buffer | null;
  readonly id_index_next: Buffer | null;
}

/** A household's members as they are compared: under every index that is in force. */
export interface KnownFile {
  readonly members: number;
  readonly shown: ReadonlySet<string>;
}

const indexesOf = (seal: Seal, idNumber: string): Buffer[] => {
  const { index, next } = seal.marks(idNumber);
  return next ? [index, next] : [index];
};

/** What is compared: a member as text, without the number itself. */
type Shown = (registeredOn: string, index: Buffer, relation: string, name: string, since: string) => string;
const shown: Shown = (registeredOn, index, ...rest) => [registeredOn, index.toString('hex'), ...rest].join('\n');

/** Files that the region already holds: by file number, their members. */
export async function knownFiles(
  client: ClientBase,
  region: string,
  files: readonly HouseholdFile[],
  session: Session,
): Promise<ReadonlyMap<string, KnownFile>> {
  const look = { source: 'housing', fields: ['declaredName', 'idNumber'] };
  const values = [region, files.map(({ fileNumber }) => fileNumber)];
  const { rows } = await client.query<KnownMember>(loggedRead(FILES, values, look, session));
  const known = new Map<string, { members: number; shown: Set<string> }>();
  for (const { file_number, registered_on, id_index, id_index_next, relation, declared_name, from_date } of rows) {
    const file = known.get(file_number) ?? { members: 0, shown: new Set<string>() };
    known.set(file_number, file);
    if (!id_index || !relation) continue;
    file.members += 1;
    for (const index of id_index_next ? [id_index, id_index_next] : [id_index])
      file.shown.add(shown(registered_on, index, relation, declared_name, from_date));
  }
  return known;
}

/** Does the sheet say the same of a household as the hub? */
export function isSame({ registeredOn, lines }: HouseholdFile, known: KnownFile, seal: Seal): boolean {
  const isKnown = ({ idNumber, relation, name, since }: HouseholdFile['lines'][number]) =>
    indexesOf(seal, idNumber).some((index) => known.shown.has(shown(registeredOn, index, relation, name, since)));
  return lines.length === known.members && lines.every(isKnown);
}

interface Found {
  readonly id_index: Buffer;
  readonly id_index_next: Buffer | null;
  readonly name: string;
  readonly filed: boolean;
}

/** Members whom the caller's regions know under another name, or in another open household. */
export async function conflicts(
  client: ClientBase,
  files: readonly HouseholdFile[],
  seal: Seal,
  session: Session,
): Promise<Flaw[]> {
  const lines = new Map(
    files
      .flatMap((file) => file.lines)
      .flatMap((line) => indexesOf(seal, line.idNumber).map((index) => [index.toString('hex'), line] as const)),
  );
  const look = { source: 'housing', fields: ['idNumber', 'name'] };
  const indexes = [...lines.keys()].map((index) => Buffer.from(index, 'hex'));
  const { rows } = await client.query<Found>(loggedRead(PERSONS, [indexes], look, session));
  return rows.flatMap(({ id_index, id_index_next, name, filed }): Flaw[] => {
    const line = (lines.get(id_index.toString('hex')) ?? lines.get(id_index_next!.toString('hex')))!;
    const { row } = line;
    if (normaliseName(name) !== normaliseName(line.name))
      return [{ row, code: 'IDENTITY_AMBIGUOUS', field: 'name', detail: '' }];
    if (filed) return [ONE_FILE.refuse({ row, code: 'ONE_HOUSEHOLD_ONE_FILE', field: 'idNumber', detail: '' })];
    ONE_FILE.let();
    return [];
  });
}
