import type { Client } from 'pg';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const HASH = /[0-9a-f]{64}/g;
const INSTANT = /\d{4}-\d{2}-\d{2}T[0-9:.]+(?:Z|[+-]\d{2}:?\d{2})/g;

/** Of a database alone: its keys, and the tree over its log, whose order and signatures are of one run. */
const OWN = ['sealing_key', 'log_head', 'log_leaf', 'log_node', 'log_state'];
const TABLES = `
  select c.relname as name, array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.atttypid in ('timestamptz'::regtype, 'bytea'::regtype)) as passing
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> all ($1) order by 1`;

/** A queue put in order again is another run of it, and a page looked at again another look: neither changes anything else. */
const AGAIN = [/"entity": "WaitingQueue", "fields": \["run"\]/, /"op": "UPDATE".*"entity": "PublicitySighting"/];

type Rows = ReadonlyMap<string, readonly string[]>;

/** Ids that a database holds before anything happens: they alone mean the same in its copies. */
export async function idsIn(owner: Client): Promise<ReadonlySet<string>> {
  const rows = [...(await read(owner, (row) => row)).values()].flat();
  return new Set(rows.flatMap((row) => row.match(UUID) ?? []));
}

/** All rows of all tables, without what differs between two runs: ids that are new, instants, hashes made of them, numbers of transactions, runs and looks. */
export const allRows = (owner: Client, known: ReadonlySet<string>): Promise<Rows> =>
  read(owner, (row) =>
    row
      .replace(UUID, (id) => (known.has(id) ? id : 'new'))
      .replace(HASH, 'hash')
      .replace(INSTANT, 'instant')
      .replace(/"(id|tx|run|after_run|times)": \d+/g, '"$1": n')
      .replace(/tx:\d+/g, 'tx'),
  );

async function read(owner: Client, told: (row: string) => string): Promise<Rows> {
  const { rows: tables } = await owner.query<{ name: string; passing: string[] }>(TABLES, [OWN]);
  const all = new Map<string, readonly string[]>();
  for (const { name, passing } of tables) {
    const { rows } = await owner.query<{ row: string }>(
      `select (to_jsonb(t) - $1::text[])::text as row from "${name}" as t`,
      [passing],
    );
    const looks = name === 'read_entry'; // whoever looks anew after a kill says so anew
    const read = rows
      .map(({ row }) => told(row))
      .filter((row) => name !== 'write_entry' || !AGAIN.some((again) => again.test(row)))
      .sort();
    all.set(name, looks ? [...new Set(read)] : read);
  }
  return all;
}
