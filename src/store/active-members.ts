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

/** 成年: the 18th birthday counts (Civil Code art. 17; domain.md §14, 13). */
const ADULT_AT = 18;

/** Who belongs to a household on one day, and who of them is of age on another. The look at birth dates is logged with the read. */
export async function activeMembers(
  client: ClientBase,
  householdId: string,
  { on, ofAgeOn = on }: { readonly on: string; readonly ofAgeOn?: string },
  session: Session,
): Promise<ReadonlyMap<string, { readonly adult: boolean }>> {
  const look = { source: 'housing', fields: ['birthDate'] };
  const { rows } = await client.query<{ person_id: string; birth_date: string }>(
    loggedRead(ACTIVE, [householdId, on], look, session),
  );
  return new Map(rows.map((row) => [row.person_id, { adult: ageOn(row.birth_date, ofAgeOn) >= ADULT_AT }]));
}
