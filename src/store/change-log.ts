import type { ClientBase } from 'pg';
import { changeTriggers, type LoggedTable } from './change-triggers';

/** Tables whose changes are not written down, each with the reason. */
export const NOT_LOGGED: ReadonlyMap<string, string> = new Map([
  ['migration', 'history of the tables themselves; only the owner writes it'],
  ['idempotency_key', 'a client’s key for an act that is logged itself'],
  ['used_assertion', 'hashes of tokens seen once, forgotten when they have expired'],
  ['partner_day', 'counts of looks, each of which is logged itself'],
  ['partner_day_person', 'counts of looks, each of which is logged itself'],
  ['person_mark', 'made by the machine of the person, whose change is logged itself'],
  ['person_block', 'digests made by the machine of the person, whose change is logged itself'],
  ['archive_file', 'opened by its first entry, which is logged itself'],
  ['archive_body', 'what an entry says: the entry is logged itself, and so is its erasure'],
  ['receipt', 'only grows; each row is a signed record itself'],
  ['read_entry', 'is the log'],
  ['write_entry', 'is the log'],
  ['log_leaf', 'is the log'],
  ['log_node', 'is the log'],
  ['log_head', 'is the log'],
  ['log_state', 'is the log'],
]);

/** Names of nouns where they are not those of their tables. */
const NOUNS: Readonly<Record<string, string>> = {
  housing_case: 'Case',
  published_registered_object: 'RegisteredObject',
  published_approved_household: 'ApprovedHousehold',
};

/**
 * Tables that machines fill by thousands: an entry names the set and how many rows of it, not each row. Everything else is
 * logged row by row.
 */
const SETS: Readonly<Record<string, string>> = {
  answer: 'row.query_id',
  evaluation: 'coalesce(row.cross_check_id, row.household_id)',
  report: 'row.cross_check_id',
  cross_check_household: 'row.cross_check_id',
  case_report: 'row.cross_check_id',
  evidence_task: 'coalesce(row.closed_in, row.opened_in)',
  published_registered_object: 'row.publication_id',
  published_approved_household: 'row.publication_id',
  waiting_rank: 'row.region_code',
  register_entry: 'row.parcel', // its key holds a blind index, which is nobody's to read
};

const TABLES = `
  select c.relname as table,
    array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum) as columns,
    array(select a.attname::text from pg_index i cross join unnest(i.indkey) with ordinality as k (attnum, place)
          join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
          where i.indexrelid = (select u.indexrelid from pg_index u where u.indrelid = c.oid and u.indisunique order by u.indisprimary desc, u.indexrelid limit 1)
          order by k.place) as key
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  order by c.relname`;

/**
 * Sees to it that every table of the database writes its own changes into the write log, whoever makes them and by
 * whatever statement: a new table is logged without a line here. Idempotent; run by the owner after the migrations.
 */
export async function installChangeLog(owner: ClientBase): Promise<void> {
  const { rows } = await owner.query<Pick<LoggedTable, 'table' | 'columns' | 'key'>>(TABLES);
  const wanted = rows
    .filter(({ table }) => !NOT_LOGGED.has(table))
    .map((row) => changeTriggers({ ...row, noun: NOUNS[row.table] ?? nounOf(row.table), set: SETS[row.table] }));
  const there = await installed(owner, wanted);
  for (const one of wanted.filter(({ name }) => !there.has(name))) await installOne(owner, one);
}

const nounOf = (table: string): string => table.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());

type Wanted = ReturnType<typeof changeTriggers>;

const INSTALLED = `
  select wanted.name from unnest($1::text[], $2::text[], $3::int[]) as wanted (name, body, triggers)
  join pg_proc p on p.proname = wanted.name and p.pronamespace = 'public'::regnamespace and p.prosrc = wanted.body
  join (select tgfoid, count(*) from pg_trigger where tgparentid = 0 group by tgfoid) as made on made.tgfoid = p.oid
  where made.count = wanted.triggers`;

/** Names of those that say already what they should: a start asks once for all tables. */
async function installed(owner: ClientBase, wanted: readonly Wanted[]): Promise<ReadonlySet<string>> {
  const { rows } = await owner.query<{ name: string }>(INSTALLED, [
    wanted.map(({ name }) => name),
    wanted.map(({ body }) => body),
    wanted.map(({ triggers }) => triggers.length),
  ]);
  return new Set(rows.map(({ name }) => name));
}

/** A table's triggers are made anew only where they would say something else: making them locks the table. */
const installOne = (owner: ClientBase, { name, body, triggers }: Wanted) =>
  owner.query(
    `begin; create or replace function ${name}() returns trigger language plpgsql as $log$${body}$log$; ${triggers.join('; ')}; commit`,
  );
