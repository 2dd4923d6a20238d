import type { ClientBase } from 'pg';
import type { Session } from '../../access/session';
import { openMembers } from '../active-members';
import { parameterInForce } from '../parameter-in-force';

/** Members whom a letter names, and whether each signs itself. */
export type Signatories = ReadonlyMap<string, { readonly adult: boolean }>;

/**
 * Who signs a letter of a household on a day, and who signs itself: by the age of majority in force, as the database asks of the letter
 * (letter_is_whole; Civil Code art. 17; domain.md §14, 13). Error: PARAMETER_UNSET.
 */
export async function signatoriesOf(
  client: ClientBase,
  { householdId, regionCode }: { readonly householdId: string; readonly regionCode: string },
  signedOn: string,
  session: Session,
  now: Date,
): Promise<Signatories> {
  const adultAt = await parameterInForce(client, 'adult-age.years', regionCode, signedOn, now);
  const ages = await openMembers(client, householdId, signedOn, session);
  return new Map([...ages].map(([person, age]) => [person, { adult: age >= adultAt }]));
}
