import type { PoolClient } from 'pg';
import { statementValues, type EvaluationRequest } from './evaluate';
import type { Missing } from './matter';
import { fresh, latest, usable } from './statement/answers';
import { member, subject } from './statement/subject';

/** $8: the sources that the rules need. */
const STATEMENT = `with ${subject('MANY')}, ${member('MANY')}
select household_id as "householdId", needed.source, person_id as "personId", is_applicant as applicant,
  case when member.letter_id is null then 'NO_LETTER' when a.id is null then 'NOT_ASKED'
    when a.status in ('FOUND', 'NOT_FOUND') and (${fresh('a')}) is not true then 'STALE' else a.status end as status,
  a.reason, a.due_at as "dueAt", a.retry_at as "retryAt"
from member cross join unnest($8::text[]) as needed (source)
left join lateral (${latest('answer', 'and answered.source = needed.source and needed.source = any ($7)')}) as a using (household_id, person_id)
where (${usable('a')}) is not true
order by ordinal, needed.source, is_applicant desc, person_id`;

/** Per household, every member and source without an answer that may decide; households that lack nothing are absent. */
export async function findMissing(
  client: Pick<PoolClient, 'query'>,
  sources: readonly string[],
  request: EvaluationRequest,
): Promise<Map<string, Missing[]>> {
  const { rows } = await client.query<Missing & { householdId: string }>(STATEMENT, [
    ...statementValues(request),
    sources,
  ]);
  const byHousehold = new Map<string, Missing[]>();
  for (const { householdId, ...missing } of rows) {
    const known = byHousehold.get(householdId);
    if (known) known.push(missing);
    else byHousehold.set(householdId, [missing]);
  }
  return byHousehold;
}
