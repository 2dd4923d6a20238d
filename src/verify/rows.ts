import type { Client } from 'pg';
import { commitment, instantOf, leafHash, uuidBytes } from './hashes';

/** A row of the tree. `at` in microseconds since 1970. */
export interface Leaf {
  readonly seq: string;
  readonly log: 'r' | 'w';
  readonly id: string;
  readonly at: string;
  readonly hash: Buffer;
}

/** An entry of either log, with the leaf it gives. */
export interface Entry {
  readonly id: string;
  readonly log: 'r' | 'w';
  readonly at: string;
  readonly tx: string;
  readonly erasedBy: string | null;
  readonly hash: Buffer;
}

type Row = Readonly<Record<string, string | null>> & {
  readonly fields: readonly string[];
  readonly about_ref: Buffer | null;
};

const MICROS = (column: string) => `(extract(epoch from ${column}) * 1000000)::bigint::text`;
const COLUMNS = {
  r: `e.id::text, ${MICROS('e.at')} as at, e.tx::text, e.erased_by::text, e.salt::text, e.person_id::text as about, e.person_ref as about_ref,
      e.subject, e.role, e.office, e.source, e.fields, e.purpose, e.case_id::text, e.letter_id::text, e.request_id, e.persons::text as count`,
  w: `e.id::text, ${MICROS('e.at')} as at, e.tx::text, e.erased_by::text, e.salt::text, e.entity_id as about, e.entity_ref as about_ref,
      e.subject, e.role, e.office, e.verb, e.op, e.entity, e.region_code, e.fields, e.request_id, e.rows::text as count`,
};
const TABLES = { r: 'read_entry', w: 'write_entry' };

export async function leavesFrom(client: Client, seq: number, count: number): Promise<Leaf[]> {
  const { rows } = await client.query<Leaf>(
    `select seq::text, log, entry_id::text as id, ${MICROS('entry_at')} as at, hash from log_leaf l where l.seq >= $1 order by l.seq limit $2`,
    [seq, count],
  );
  return rows;
}

/** The entries that these leaves are of, as far as they are there, by id. */
export async function entriesOf(client: Client, leaves: readonly Leaf[]): Promise<Map<string, Entry>> {
  const found = new Map<string, Entry>();
  for (const log of ['r', 'w'] as const) {
    const some = leaves.filter((leaf) => leaf.log === log);
    const { rows } = await client.query<Row>(
      `select ${COLUMNS[log]} from unnest($1::bigint[], $2::bigint[]) as k (id, micros)
       join ${TABLES[log]} e on e.id = k.id and e.at = timestamptz 'epoch' + k.micros * interval '1 microsecond'`,
      [some.map(({ id }) => id), some.map(({ at }) => at)],
    );
    for (const row of rows) found.set(row['id']!, entryOf(log, row));
  }
  return found;
}

/** Where an entry of this id stands now, whatever its time says; undefined where it is gone. */
export async function timeOf(client: Client, { log, id }: Leaf): Promise<string | undefined> {
  const { rows } = await client.query<{ at: string }>(
    `select ${MICROS('at')} as at from ${TABLES[log]} where id = $1`,
    [id],
  );
  return rows[0]?.at;
}

/** Entries that no leaf names. */
export async function entriesWithoutLeaf(client: Client): Promise<Entry[]> {
  const found: Entry[] = [];
  for (const log of ['r', 'w'] as const) {
    const { rows } = await client.query<Row>(
      `select ${COLUMNS[log]} from ${TABLES[log]} e where not exists (select from log_leaf l where l.entry_id = e.id) order by e.id`,
    );
    found.push(...rows.map((row) => entryOf(log, row)));
  }
  return found;
}

function entryOf(log: 'r' | 'w', row: Row): Entry {
  const { id, at, tx } = row as unknown as Entry;
  return { id, log, at, tx, erasedBy: row['erased_by'] ?? null, hash: leafHash(itemsOf(log, row)) };
}

function itemsOf(log: 'r' | 'w', row: Row): (string | null | readonly string[])[] {
  const column = (name: string) => row[name] ?? null;
  const when = [column('id'), instantOf(row['at']!), column('subject'), column('role'), column('office')];
  const about = aboutOf(log, row);
  return log === 'r'
    ? [
        ...['anju/read/1', ...when, about, column('source'), row.fields, column('purpose'), column('case_id')],
        ...[column('letter_id'), column('request_id'), column('count')],
      ]
    : [
        ...['anju/write/1', ...when, column('verb'), column('op'), column('entity'), about, column('region_code')],
        ...[row.fields, column('request_id'), column('count')],
      ];
}

/** The commitment: made from salt and id, or, where these were erased, as it was left. */
function aboutOf(log: 'r' | 'w', row: Row): string {
  const about = row['about'];
  if (row.about_ref) return row.about_ref.toString('hex');
  return about ? commitment(row['salt'] ?? '', log === 'r' ? uuidBytes(about) : Buffer.from(about)) : '';
}
