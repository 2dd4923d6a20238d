import type { PoolClient } from 'pg';
import type { Subject } from '../../engine/evaluate';

/** A household with an open case, as a judgement takes it, and where it counts. */
export interface Tried extends Subject {
  readonly county: string;
  readonly programme: string;
}

export interface Population {
  /** Null: everywhere. */
  readonly region: string | null;
  readonly purpose: string;
  readonly asOf: string;
}

const COUNTY_DIGITS = 6;

/* The latest case that is open on the day, and the letter in force on it, as a cross-check takes them. */
const PAGE = `
  select h.id as "householdId", left(h.region_code, ${COUNTY_DIGITS}) as county, c.id as "caseId", c.programme, l.id as "letterId"
  from household h
  join lateral (
    select id, programme from housing_case where household_id = h.id and submitted_on <= $3::date and (closed_on is null or closed_on > $3::date)
    order by submitted_on desc, id desc limit 1
  ) c on true
  left join lateral (
    select id from letter where case_id = c.id and purpose = $2 and state = 'ACTIVE' and signed_on <= $3::date and valid_until >= $3::date
    order by signed_on desc, id desc limit 1
  ) l on true
  where ($1::text is null or h.region_code = any (array(
    with recursive below (code) as (select $1::text union all select r.code from below join region r on r.parent_code = below.code)
    select code from below)))
    and ($4::uuid is null or h.id > $4)
  order by h.id limit $5`;

/** Every household with an open case, a page at a time. */
export async function* households(
  client: Pick<PoolClient, 'query'>,
  { region, purpose, asOf }: Population,
  size: number,
): AsyncGenerator<Tried[]> {
  let after: string | null = null;
  do {
    const { rows }: { rows: Tried[] } = await client.query<Tried>(PAGE, [region, purpose, asOf, after, size]);
    if (rows.length > 0) yield rows;
    after = rows.length === size ? rows.at(-1)!.householdId : null;
  } while (after !== null);
}
