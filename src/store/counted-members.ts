import type { ClientBase } from 'pg';
import { reach } from '../access/allowance';
import type { Viewer } from '../access/viewer';
import { spend } from '../audit/budget';

const MEMBERS = {
  name: 'counted-members',
  text: `select distinct person_id as id from household_member
         where household_id = any($1::uuid[]) and from_date <= $2::date and (to_date is null or to_date >= $2::date)`,
};

/**
 * Counts the members of households against a partner's row cap and budget before any agency hears of them; nothing of an
 * officer. Throws ROW_CAP_EXCEEDED; fails as `spend` does.
 */
export async function countMembers(
  client: ClientBase,
  viewer: Viewer,
  households: readonly string[],
  asOf: string,
): Promise<void> {
  if (!viewer.partner) return;
  const { rows } = await client.query<{ id: string }>({ ...MEMBERS, values: [households, asOf] });
  const ids = rows.map(({ id }) => id);
  reach(viewer, ids);
  await client.query(spend(viewer.partner.allowance, ids));
}
