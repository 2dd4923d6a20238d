import type { PoolClient } from 'pg';
import { judgement, statementValues, type Conclusion, type EvaluationRequest } from './evaluate';
import type { Rule } from './rule';
import { evidence } from './statement/answers';
import { peopleAndAnswers } from './statement/people';
import { conclusion } from './statement/verdict';

/** Conclusions by household id, as if their cases were of another programme. Reads only. */
export type AsIf = (
  client: Pick<PoolClient, 'query'>,
  request: EvaluationRequest,
  programme: string,
) => Promise<Map<string, Conclusion>>;

/* Relations called as the tables stand before them for the rest of the statement: the case, and the security that it reviews. */
const OTHERWISE = `
housing_case as (
  select id, household_id, kind, $8::text as programme, applicant_id, submitted_on, closed_on, declared_income_fen from public.housing_case
),
entitlement as (
  select e.id, e.region_code, e.household_id, case when e.programme = c.programme then $8::text else e.programme end as programme, e.since, e.until
  from public.entitlement e left join public.housing_case c on c.household_id = e.household_id and c.id = any ($2::uuid[])
)`;

export function makeAsIf(rules: readonly Rule[], sources: readonly string[]): AsIf {
  const text = `with ${OTHERWISE}, ${peopleAndAnswers(sources, 'MANY')},${judgement(rules, evidence(sources))}
    select household_id as id, ${conclusion(rules)} as conclusion from judged`;
  return async (client, request, programme) => {
    const values = [...statementValues(request), programme];
    const { rows } = await client.query<{ id: string; conclusion: Conclusion }>(text, values);
    return new Map(rows.map(({ id, conclusion: concluded }) => [id, concluded]));
  };
}
