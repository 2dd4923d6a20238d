import { randomUUID } from 'node:crypto';
import type { TestDatabase } from '../../support/database';

interface Of {
  readonly region: string;
  readonly members: readonly { readonly id: string }[];
}

/**
 * The eldest of a file and the next are perhaps one person, as the screening might have found, with a review that a reason tells of; returned
 * as whoever asks for it may settle it: overruled by somebody else, or settled as it is said.
 */
export async function plantMatch(
  { base }: { readonly base: Pick<TestDatabase, 'owner'> },
  { region, members }: Of,
  reason: string,
  state: 'SAME' | 'DIFFERENT' = 'DIFFERENT',
): Promise<string> {
  const { rows } = await base.owner.query<{ id: string }>(
    `insert into identity_match as m (id, person_a, person_b, region_code, other_region, score, tier, model, levels, registered_by, found_at, state,
       reviewed_at, reviewed_by, reviewed_role, reviewed_office, reason)
     values (gen_random_uuid(), $1, $2, $3, $3, 99, 'AUTO', 1,
       '{"name": "EXACT", "number": "ONE_DIGIT", "birthDate": "IN_NUMBER", "sex": "SAME", "region": "COUNTY"}', '{}', '2026-10-01', $4,
       '2026-10-02', $5, 'x', $3, $6)
     on conflict (least(person_a, person_b), greatest(person_a, person_b)) do update set state = excluded.state, reviewed_by = excluded.reviewed_by
       where m.state <> excluded.state
     returning id`,
    [members[0]!.id, members[1]!.id, region, state, randomUUID(), reason],
  );
  if (rows[0]) return rows[0].id;
  const known = `select id from identity_match where person_a = $1 and person_b = $2`;
  return (await base.owner.query<{ id: string }>(known, [members[0]!.id, members[1]!.id])).rows[0]!.id;
}
