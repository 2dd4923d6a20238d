import type { PoolClient } from 'pg';
import type { Check } from './check';
import type { CheckedHousehold } from './page';
import { prepared } from './prepared';

/** The state of one answer, without its value: reports name persons by id and hold no value of theirs. */
export interface AnswerState {
  readonly id: string;
  readonly householdId: string;
  readonly personId: string;
  readonly source: string;
  readonly status: string;
  readonly reason: string | null;
  readonly asOf: Date | null;
  readonly dueAt: Date | null;
  readonly retryAt: Date | null;
  readonly queryId: string;
}

/** The latest answer per household, member and source under these letters and this purpose, as the engine takes it too. */
const SELECT = `
  select distinct on (a.household_id, a.person_id, a.source) a.id, a.household_id as "householdId", a.person_id as "personId", a.source,
    case when a.status in ('FOUND', 'NOT_FOUND') and (a.as_of + a.max_age >= $5) is not true then 'STALE' else a.status end as status,
    a.reason, a.as_of as "asOf", a.due_at as "dueAt", a.retry_at as "retryAt", a.query_id as "queryId"
  from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as k (household_id, case_id, letter_id)
  join answer a on a.household_id = k.household_id and a.case_id = k.case_id and a.letter_id = k.letter_id and a.purpose = $4
  order by a.household_id, a.person_id, a.source, a.at desc, a.id desc`;

/** Answer states by household; a household of the page without answers has none, but is there. */
export async function answerStates(
  client: Pick<PoolClient, 'query'>,
  check: Check,
  page: readonly CheckedHousehold[],
  now: Date,
): Promise<Map<string, AnswerState[]>> {
  const columns = [page.map((row) => row.householdId), page.map((row) => row.caseId), page.map((row) => row.letterId)];
  const { rows } = await client.query<AnswerState>({
    ...prepared('cross-check-answers', page.length),
    text: SELECT,
    values: [...columns, check.purpose, now],
  });
  const byHousehold = new Map<string, AnswerState[]>(page.map(({ householdId }) => [householdId, []]));
  for (const row of rows) byHousehold.get(row.householdId)?.push(row);
  return byHousehold;
}
