import type { ClientBase } from 'pg';

/** Records of use are kept for at least so long (政务数据共享条例 art. 29). */
const KEPT_YEARS = 3;

interface Quarter {
  readonly name: string;
  /** Instants as ISO text; the end is outside. */
  readonly first: string;
  readonly end: string;
}

const QUARTERS = `
  select name, to_char(bounds[1]::timestamptz at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as first,
    to_char(bounds[2]::timestamptz at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as end
  from (
    select c.relname as name, regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \\(''(.+)''\\) TO \\(''(.+)''\\)') as bounds
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent in ('read_entry'::regclass, 'write_entry'::regclass)
  ) as q
  where bounds[2]::timestamptz <= $1::date order by name`;

/** An entry without a signed place in the tree would be gone without a trace. */
const UNSIGNED = (quarter: string) => `
  select from ${quarter} e left join log_leaf l on l.entry_id = e.id
  where l.seq is null or l.seq >= coalesce((select size from log_head), 0) limit 1`;

const EARLIER = `select distinct on (entity_id) entity_id as name, fields[1] as first, fields[2] as end from write_entry where verb = 'pruneLog' order by entity_id`;

const DECLARE = `
  insert into write_entry (subject, role, office, request_id, verb, entity, entity_id, fields)
  select 'db:' || session_user, 'SYSTEM', '-', 'tx:' || pg_current_xact_id()::text, 'pruneLog', 'LogQuarter', name, array[first, "end"]
  from unnest($1::text[], $2::text[], $3::text[]) as q (name, first, "end")`;

/**
 * Drops the quarters of both logs that ended before a day. Their leaf hashes stay in the tree, so that every head and proof
 * holds; the act, repeated for every quarter dropped earlier, stands in the log. Returns their names. Throws RangeError.
 */
export async function pruneLog(owner: ClientBase, before: string): Promise<string[]> {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(before) || Number.isNaN(Date.parse(before))) throw new RangeError('not a day');
  await owner.query('begin');
  try {
    const { rows: old } = await owner.query<{ old: boolean }>(
      `select $1::date <= current_date - interval '${KEPT_YEARS} years' as old`,
      [before],
    );
    if (!old[0]!.old) throw new RangeError(`records of use are kept for at least ${KEPT_YEARS} years`);
    const { rows: quarters } = await owner.query<Quarter>(QUARTERS, [before]);
    for (const { name } of quarters) await refuseUnsigned(owner, name);
    const { rows: earlier } = await owner.query<Quarter>(EARLIER);
    for (const { name } of quarters) await owner.query(`drop table ${name}`);
    const all = quarters.length > 0 ? [...earlier, ...quarters] : [];
    const column = (read: (quarter: Quarter) => string) => all.map(read);
    await owner.query(DECLARE, [column(({ name }) => name), column(({ first }) => first), column(({ end }) => end)]);
    await owner.query('commit');
    return quarters.map(({ name }) => name);
  } catch (error) {
    await owner.query('rollback');
    throw error;
  }
}

async function refuseUnsigned(owner: ClientBase, quarter: string): Promise<void> {
  const { rowCount } = await owner.query(UNSIGNED(quarter));
  if (rowCount) throw new RangeError(`${quarter} holds entries that no signed head speaks for yet`);
}
