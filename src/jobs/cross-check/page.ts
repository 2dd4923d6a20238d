import type { PoolClient } from 'pg';
import type { Check } from './check';

/** A household on its way through a cross-check, with the letter that is in force for it now. */
export interface CheckedHousehold {
  readonly ordinal: number;
  readonly householdId: string;
  readonly caseId: string;
  readonly regionCode: string;
  /** Null without a live letter for case and purpose: then nothing is asked. */
  readonly letterId: string | null;
  /** The letter of the last report; null before the first. */
  readonly judgedUnder: string | null;
  /** Sources that the letter names. */
  readonly letterSources: readonly string[];
  /** Members as of the day of the cross-check, in the order of their ids. */
  readonly members: readonly string[];
  /** Those of them whom the letter covers. */
  readonly covered: readonly string[];
}

/**
 * A letter counts when it was signed by the day of the cross-check and has neither ended nor run out by the day of asking;
 * a case that has closed meanwhile has none.
 */
const SELECT = `
  select k.ordinal, k.household_id as "householdId", k.case_id as "caseId", k.region_code as "regionCode",
         l.id as "letterId", k.letter_id as "judgedUnder", coalesce(l.sources, '{}') as "letterSources", m.members, m.covered
  from cross_check_household k
  left join lateral (
    select l.id, l.sources from letter l
    join housing_case c on c.id = l.case_id and c.closed_on is null
    where l.case_id = k.case_id and l.purpose = $2 and l.signed_on <= $3::date and l.valid_until >= greatest($3::date, $4::date) and l.state = 'ACTIVE'
    order by l.signed_on desc, l.id desc limit 1
  ) l on true
  cross join lateral (
    select coalesce(array_agg(p.person_id order by p.person_id), '{}') as members,
           coalesce(array_agg(p.person_id order by p.person_id) filter (where p.covered), '{}') as covered
    from (
      select distinct m.person_id, exists (select from letter_member s where s.letter_id = l.id and s.person_id = m.person_id) as covered
      from household_member m
      where m.household_id = k.household_id and m.from_date <= $3::date and (m.to_date is null or m.to_date >= $3::date)
    ) p
  ) m
  where k.cross_check_id = $1 and k.state = $5`;

const NEXT = `${SELECT} and k.ordinal > $6 order by k.ordinal limit $7`;
const CHOSEN = `${SELECT} and k.ordinal = any ($6::int[]) order by k.ordinal`;

/** The next households still to be asked about, after an ordinal. */
export async function nextPage(
  client: PoolClient,
  check: Check,
  today: string,
  after: number,
  size: number,
): Promise<CheckedHousehold[]> {
  const values = [check.id, check.purpose, check.asOf, today, 'WAITING', after, size];
  const { rows } = await client.query<CheckedHousehold>({ name: 'cross-check-next', text: NEXT, values });
  return rows;
}

/** DONE: judged without an answer that has come since. */
export type OpenState = 'WAITING' | 'AWAITING' | 'DONE';

/** Those of the given households that are still in this state; what is done is opened again under the same letter only. */
export async function stillIn(
  client: PoolClient,
  check: Check,
  today: string,
  state: OpenState,
  ordinals: readonly number[],
): Promise<CheckedHousehold[]> {
  const values = [check.id, check.purpose, check.asOf, today, state, ordinals];
  const { rows } = await client.query<CheckedHousehold>({ name: 'cross-check-still', text: CHOSEN, values });
  return state === 'DONE' ? rows.filter(({ letterId, judgedUnder }) => letterId && letterId === judgedUnder) : rows;
}
