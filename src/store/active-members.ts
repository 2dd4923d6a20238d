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

type Ages = ReadonlyMap<string, number>;

/** Who belongs to a household on one day, and how old on it; who is of age is law. The look at birth dates is logged with the read. */
export const activeMembers = (client: ClientBase, householdId: string, on: string, session: Session): Promise<Ages> =>
  agesBy(client, ACTIVE, [householdId, on], on, session);

/**
 * Whom a letter of the household names: all who have entered and of whose leaving nothing is recorded, with their ages on a day. A leaving counts from
 * its entry, not from its day, so that no letter outlives the household it was signed for.
 */
export const openMembers = (
  client: ClientBase,
  householdId: string,
  ofAgeOn: string,
  session: Session,
): Promise<Ages> => agesBy(client, OPEN, [householdId], ofAgeOn, session);

async function agesBy(
  client: ClientBase,
  select: PersonalSelect,
  values: readonly string[],
  on: string,
  session: Session,
): Promise<Ages> {
  const look = { source: 'housing', fields: ['birthDate'] };
  const { rows } = await client.query<{ person_id: string; birth_date: string }>(
    loggedRead(select, values, look, session),
  );
  return new Map(rows.map((row) => [row.person_id, ageOn(row.birth_date, on)]));
}
