import type { PoolClient } from 'pg';
import { judgement, statementValues, type Conclusion, type EvaluationRequest } from './evaluate';
import { parametersOf, type Rule } from './rule';
import { conclusion } from './statement/verdict';

/** A number as it would be if a file were loaded. */
export interface Proposed {
  readonly code: string;
  readonly regionCode: string | null;
  readonly programme: string | null;
  readonly value: number;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** Conclusions by household id, by the numbers on the books and with those proposed as the latest word. Reads only. */
export type Trial = (
  client: Pick<PoolClient, 'query'>,
  request: EvaluationRequest,
) => Promise<{ before: Map<string, Conclusion>; after: Map<string, Conclusion> }>;

/* A relation called as the table stands before it for the rest of the statement. */
const PARAMETER = `
parameter as (
  select id, code, region_code, programme, value, valid_from, valid_to, known_from from public.parameter
  union all
  select gen_random_uuid(), code, "regionCode", programme, value, "validFrom", "validTo", $6
  from jsonb_to_recordset($8::jsonb) as p (code text, "regionCode" text, programme text, value bigint, "validFrom" date, "validTo" date)
)`;

export function makeTrial(rules: readonly Rule[], sources: readonly string[], proposed: readonly Proposed[]): Trial {
  const leaned = new Set(parametersOf(rules));
  const felt = proposed.filter(({ code }) => leaned.has(code));
  const text = `with ${PARAMETER}, ${judgement(rules, sources, 'MANY')}
    select household_id as id, ${conclusion(rules)} as conclusion from judged`;
  const run = async (client: Pick<PoolClient, 'query'>, request: EvaluationRequest, numbers: readonly Proposed[]) => {
    const values = [...statementValues(request), JSON.stringify(numbers)];
    const { rows } = await client.query<{ id: string; conclusion: Conclusion }>(text, values);
    return new Map(rows.map(({ id, conclusion: concluded }) => [id, concluded]));
  };
  return async (client, request) => {
    const before = await run(client, request, []);
    return { before, after: felt.length === 0 ? before : await run(client, request, felt) };
  };
}
