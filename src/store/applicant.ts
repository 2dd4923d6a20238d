import type { ClientBase } from 'pg';

/** 申请人: the last person who was it in a household's file; null where nobody is. What is written of the household speaks of them. */
export async function applicantOf(client: ClientBase, householdId: string): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>({
    name: 'applicant-of',
    text: `select person_id as id from household_member where household_id = $1 and relation = 'APPLICANT' order by from_date desc, id limit 1`,
    values: [householdId],
  });
  return rows[0]?.id ?? null;
}
