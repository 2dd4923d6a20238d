import type { ClientBase } from 'pg';
import { loggedRead, type PersonalSelect } from '../audit/reads';
import type { Session } from '../access/session';
import { ageOn } from '../access/identity';

const ACTIVE: PersonalSelect = {
  name: 'active-members',
  takes: 2,
  text: `select m.person_id, p.birth_date from household_member m join person p on p.id = m.person_id
         where m.household_id = $1 and m.from_date <= $2::date and (m.to_date is null or m.to_date > $2::date)`,
};

const OPEN: PersonalSelect = {
  name: 'open-members',
  takes: 1,
  text: `select m.person_id, p.birth_date from household_member m join person p on p.id = m.person_id
         where m.household_id = $1 and m.to_date is null`,
};

/** 成年: the 18th birthday counts (Civil Code art. 17; domain.md §14, 13). */
const ADULT_AT = 18;

type Members = ReadonlyMap<string, { readonly adult: boolean }>;

/** Who belongs to a household on one day, and who of them is of age. The look at birth dates is logged with the read. */
export const activeMembers = (
  client: ClientBase,
  householdId: string,
  on: string,
  session: Session,
): Promise<Members> => membersBy(client, ACTIVE, [householdId, on], on, session);

/**
 * Whom a letter of the household names: all who have entered and of whose leaving nothing is recorded. A leaving counts from
 * its entry, not from its day, so that no letter outlives the household it was signed for.
 */
export const openMembers = (
  client: ClientBase,
  householdId: string,
  ofAgeOn: string,
  session: Session,
): Promise<Members> => membersBy(client, OPEN, [householdId], ofAgeOn, session);

async function membersBy(
  client: ClientBase,
  select: PersonalSelect,
  values: readonly string[],
  ofAgeOn: string,
  session: Session,
): Promise<Members> {
  const look = { source: 'housing', fields: ['birthDate'] };
  const { rows } = await client.query<{ person_id: string; birth_date: string }>(
    loggedRead(select, values, look, session),
  );
  return new Map(rows.map((row) => [row.person_id, { adult: ageOn(row.birth_date, ofAgeOn) >= ADULT_AT }]));
}
