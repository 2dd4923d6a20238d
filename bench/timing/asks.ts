import { randomUUID } from 'node:crypto';
import type { World } from '../support/world';

/** A question by an id, and ids of records that lie in another region than the asker's. */
export interface Ask {
  readonly query: string;
  readonly theirs: readonly string[];
}

/** Who asks: a county of Inner Mongolia; whose the records are: Guangxi. */
export const ASKER = '150402';
const FOREIGN = '45%';
const RECORDS = 300;

const QUERIES = {
  household: 'query ($id: ID!) { household(id: $id) { fileNumber members { declaredName } } }',
  person: 'query ($id: ID!) { person(id: $id) { name idNumber } }',
  'cross-check': 'query ($id: ID!) { crossCheck(id: $id) { state } }',
  case: 'mutation ($id: ID!) { closeCase(caseId: $id) { id } }',
} as const;
const FROM: Readonly<Record<keyof typeof QUERIES, string>> = {
  household: 'household r where true',
  /* Who is registered there may live in a household here, and is seen. */
  person: `person r where not exists (select from household_member m where m.person_id = r.id and m.region_code not like '45%')`,
  'cross-check': 'cross_check r where true',
  case: 'housing_case r where true',
};

export async function asksIn({ owner }: World): Promise<Record<string, Ask>> {
  await owner.query(
    `insert into cross_check (id, region_code, purpose, requested_by, requester_role, requester_office, as_of, state, total, requested_at, scope_regions)
     select gen_random_uuid(), region_code, 'ADMISSION_REVIEW', 'bench', 'COUNTY_HOUSING', region_code, current_date, 'COMPLETED', 1, now(), array[region_code]
     from household where region_code like $1 limit $2`,
    [FOREIGN, RECORDS],
  );
  const asks: Record<string, Ask> = {};
  for (const [name, query] of Object.entries(QUERIES)) {
    const { rows } = await owner.query<{ id: string }>(
      `select id from ${FROM[name as keyof typeof QUERIES]} and r.region_code like $1 limit $2`,
      [FOREIGN, RECORDS],
    );
    if (rows.length === 0) throw new Error(`no ${name} of another region`);
    asks[name] = { query, theirs: rows.map(({ id }) => id) };
  }
  return asks;
}

export const nobody = (): string => randomUUID();
