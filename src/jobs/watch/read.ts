import type { PoolClient } from 'pg';
import type { PersonalSelect } from '../../audit/reads';
import { loggedLooks } from '../../audit/reads';
import type { Session } from '../../access/session';

type Value = Readonly<Record<string, unknown>>;

/** Whom an answer is about, and from whom. */
export interface Whom {
  readonly household_id: string;
  readonly person_id: string;
  readonly source: string;
}

/** An answer to the watch that nobody has compared yet. */
export interface Told extends Whom {
  readonly id: string;
  readonly region_code: string;
  readonly case_id: string;
  readonly letter_id: string;
  readonly status: string;
  readonly covered: boolean;
  readonly stale: boolean;
  readonly reason: string | null;
  readonly value: Value | null;
  readonly query_id: string;
  /** In Beijing. */
  readonly day: string;
}

const TOLD: PersonalSelect & { readonly looks: true } = {
  name: 'watch-told',
  takes: 3,
  looks: true,
  text: `
    select id, region_code, household_id, person_id, case_id, letter_id, source, array_to_string(fields, ',') as fields, status, covered,
      (as_of + max_age >= $2) is not true as stale, reason, value, query_id, to_char(at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day
    from answer
    where region_code = $1 and purpose = 'CHANGE_WATCH' and compared_at is null and status <> 'PENDING'
    order by at, id limit $3`,
};

export async function nextTold(
  client: PoolClient,
  region: string,
  now: Date,
  limit: number,
  session: Session,
): Promise<Told[]> {
  return (await client.query<Told>(loggedLooks(TOLD, [region, now, limit], session))).rows;
}

/** Letters in force today whose case is open, held until the transaction ends: who ends one waits, and what comes after its end is not compared. */
const LIVE = `
  select l.id from letter l join housing_case c on c.id = l.case_id and c.closed_on is null
  where l.id = any ($1::uuid[]) and l.state = 'ACTIVE' and $2::date between l.signed_on and l.valid_until order by l.id for share of l`;

export async function liveLetters(
  client: PoolClient,
  letters: readonly string[],
  today: string,
): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ id: string }>(LIVE, [[...new Set(letters)], today]);
  return new Set(rows.map(({ id }) => id));
}

/** What the household held when nobody watched it yet. */
export interface Before {
  readonly found: boolean;
  /** Of the last answer that counted, under whatever purpose; null: the source knew nobody. */
  readonly value: Value | null;
  /** First day of the security; where the hub knows of none, of the case. */
  readonly since: string;
}

const BEFORE: PersonalSelect & { readonly looks: true } = {
  name: 'watch-before',
  takes: 6,
  looks: true,
  text: `
    select q.ordinal::int, a.person_id, q.source, array_to_string(a.fields, ',') as fields, a.id is not null as found, a.value, coalesce((
        select min(e.since) from entitlement e where e.household_id = q.household_id and e.since <= $6::date and (e.until is null or e.until >= $6::date)
      ), c.submitted_on)::text as since
    from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[]) with ordinality as q (household_id, person_id, source, case_id, told, ordinal)
    join housing_case c on c.id = q.case_id
    join purpose p on p.code = 'CHANGE_WATCH'
    left join lateral (
      select a.id, a.person_id, a.fields, a.value from answer a
      where a.household_id = q.household_id and a.person_id = q.person_id and a.source = q.source and a.purpose <> p.code
        and a.asked_at < (select asked_at from answer t where t.id = q.told)
        and (a.status = 'FOUND' and a.value is not null or a.status = 'NOT_FOUND' and a.covered)
        and not exists (select from unnest(p.fields) as f where split_part(f, '.', 1) = q.source and split_part(f, '.', 2) <> all (a.fields))
      order by a.at desc, a.id desc limit 1
    ) a on true`,
};

/** In the order of what was told. */
export async function knownBefore(
  client: PoolClient,
  told: readonly Told[],
  today: string,
  session: Session,
): Promise<Before[]> {
  if (told.length === 0) return [];
  const columns = (['household_id', 'person_id', 'source', 'case_id', 'id'] as const).map((name) =>
    told.map((row) => row[name]),
  );
  const { rows } = await client.query<Before & { ordinal: number }>(loggedLooks(BEFORE, [...columns, today], session));
  return rows.sort((one, other) => one.ordinal - other.ordinal);
}
