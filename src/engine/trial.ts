import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { Conclusion } from './evaluate';
import { rangeValues, type RangeRequest } from './judge-range';
import { parametersOf, type Rule } from './rule';
import type { ColumnsOf } from './statement/answers';
import { peopleAndAnswersInRange } from './statement/people';
import { given } from './statement/subject';
import { conclusion, outcomes, weighed } from './statement/verdict';

/** A number as it would be if a file were loaded. */
export interface Proposed {
  readonly code: string;
  readonly regionCode: string | null;
  readonly programme: string | null;
  readonly value: number;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** How many households of a place and a programme are concluded one way by the numbers on the books and one way with those proposed. */
export interface Moved {
  readonly regionCode: string;
  readonly programme: string;
  readonly before: Conclusion;
  readonly after: Conclusion;
  readonly households: number;
}

/** What is tried out: rules as they are and as they would be, and numbers that would be the latest word. */
export interface Change {
  readonly rules: readonly Rule[];
  readonly proposedRules: readonly Rule[];
  readonly proposed: readonly Proposed[];
}

/** The rules as they would be: a draft takes the place of the rule that bears its code, or stands beside the others. */
export const rulesAfter = ({ rules, proposedRules }: Omit<Change, 'proposed'>): Rule[] => [
  ...rules.map((rule) => proposedRules.find(({ code }) => code === rule.code) ?? rule),
  ...proposedRules.filter(({ code }) => rules.every((rule) => rule.code !== code)),
];

/** The households of a range, judged by the law as it stands and as it would be. Reads only. */
export type Trial = (client: Pick<PoolClient, 'query'>, request: RangeRequest) => Promise<Moved[]>;

/* A relation called as the table stands before it for the rest of the query. */
const PARAMETER = `
parameter as (
  select id, code, region_code, programme, value, valid_from, valid_to, known_from from public.parameter
  union all
  select gen_random_uuid(), code, "regionCode", programme, value, "validFrom", "validTo", $6
  from jsonb_to_recordset($8::jsonb) as p (code text, "regionCode" text, programme text, value bigint, "validFrom" date, "validTo" date)
)`;

const outcomesBy = (rules: readonly Rule[], first = ''): string => `
  with ${first} ${given(parametersOf(rules))}
  select household_id, ${outcomes(rules)} as outcome from ${weighed(rules, 'household_id')}`;

/** People and answers are looked up once for both, and only rules that are drafts or lean on a number proposed are judged again. */
export function makeTrial({ proposed, ...law }: Change, sources: readonly string[], columnsOf: ColumnsOf): Trial {
  const codes = new Set(proposed.map(({ code }) => code));
  const [before, after] = [law.rules, rulesAfter(law)];
  const leans = ({ parameters }: Rule) => parameters.some((code) => codes.has(code));
  const again = after.filter((rule) => !before.includes(rule) || leans(rule));
  const text = `with ${peopleAndAnswersInRange(sources, columnsOf)}, ${again.length === 0 ? unmoved(before) : bothWays(before, after, again)}
    select region_code as "regionCode", programme, before, after, count(*)::int as households
    from concluded join subject using (household_id) group by region_code, programme, before, after`;
  const numbers = again.length === 0 ? [] : [JSON.stringify(proposed)];
  const name = `trial ${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
  return async (client, request) =>
    (await client.query<Moved>({ name, text, values: [...rangeValues(request), ...numbers] })).rows;
}

const unmoved = (rules: readonly Rule[]): string => `
concluded as (
  select household_id, conclusion as before, conclusion as after
  from (select household_id, ${conclusion(rules)} as conclusion from (${outcomesBy(rules)}) as judged) as each
)`;

/** What is not judged again stays as it was found. */
function bothWays(before: readonly Rule[], after: readonly Rule[], again: readonly Rule[]): string {
  const found = after.map((rule) => {
    const place = again.indexOf(rule);
    return place < 0 ? `now.outcome[${before.indexOf(rule) + 1}]` : `new.outcome[${place + 1}]`;
  });
  return `
now as materialized (${outcomesBy(before)}),
new as materialized (${outcomesBy(again, `${PARAMETER},`)}),
concluded as (
  select household_id, before, ${conclusion(after)} as after
  from (
    select household_id, (select ${conclusion(before)} from (select now.outcome) as o) as before, array[${found.join(', ')}]::text[] as outcome
    from now join new using (household_id) offset 0
  ) as both_ways
)`;
}
