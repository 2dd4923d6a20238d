import type { PoolClient } from 'pg';
import type { Outcome } from './matter';
import { parametersOf, type Rule } from './rule';
import { evidence } from './statement/answers';
import { peopleAndAnswers } from './statement/people';
import { given, type Scale } from './statement/subject';
import { column, conclusion, outcomes, weighed } from './statement/verdict';

/** A household to be judged: in which case, and under which letter its agencies were asked. Each household once. */
export interface Subject {
  readonly householdId: string;
  readonly caseId: string;
  readonly letterId: string | null;
}

/** On what, when and by which answers households are judged. */
export interface Asked {
  /** Answers given for another purpose are not seen. */
  readonly purpose: string;
  /** Day of judgement, 'YYYY-MM-DD': members, parameters, letters and validities are those of this day. */
  readonly asOf: string;
  /** Instant against which answers grow stale. */
  readonly now: Date;
  /** Sources whose answers may be looked at: what a partner may not ask it may not learn from a verdict either. */
  readonly sources: readonly string[];
}

export interface EvaluationRequest extends Asked {
  readonly households: readonly Subject[];
}

export type Conclusion = 'ELIGIBLE' | 'INELIGIBLE_PROPOSED' | 'PENDING_EVIDENCE';

/** Households of a statement that names each. */
type Named = Exclude<Scale, 'RANGE'>;

/** One household judged once. Arrays of outcomes, values and notes follow the order of the rule set. */
export interface Evaluation {
  readonly id: string;
  readonly at: Date;
  readonly regionCode: string;
  readonly householdId: string;
  readonly caseId: string;
  readonly crossCheckId: string | null;
  readonly ruleSet: string;
  readonly asOf: string;
  readonly outcome: readonly Outcome[];
  readonly observed: readonly (number | null)[];
  readonly threshold: readonly (number | null)[];
  readonly note: readonly (string | null)[];
  /** Ids of all answers that could decide, beside the source of each. */
  readonly evidence: readonly string[];
  readonly evidenceSource: readonly string[];
  readonly conclusion: Conclusion;
}

const JUDGED = 'given.ordinal, given.region_code, household_id, given.case_id, evidence.ids, evidence.sources';

/** The relations of every judgement but those of people and answers; the last is `judged`, a row a household, made once. */
export const judgement = (rules: readonly Rule[], evidenceOf: string): string => `
${given(parametersOf(rules))},${evidenceOf},
judged as (
  select ordinal, region_code, household_id, case_id, ${outcomes(rules)} as outcome,
    ${column(rules, 'observed', 'bigint')} as observed, ${column(rules, 'threshold', 'bigint')} as threshold,
    ${column(rules, 'note', 'text')} as note, coalesce(ids, '{}') as evidence, coalesce(sources, '{}') as evidence_source
  from ${weighed(rules, JUDGED, 'left join evidence using (household_id)')}
  offset 0
)`;

/** Keeps the judged. */
export const keep = (rules: readonly Rule[]): string => `
insert into evaluation (id, at, region_code, household_id, case_id, cross_check_id, rule_set, as_of, outcome, observed,
  threshold, note, evidence, evidence_source, conclusion)
select gen_random_uuid(), $6, region_code, household_id, case_id, $8, $9, $5, outcome, observed, threshold, note,
  evidence, evidence_source, ${conclusion(rules)}
from judged`;

/** The one statement that judges households that are named by these rules and keeps the result. */
export function evaluationStatement(rules: readonly Rule[], sources: readonly string[], scale: Named): string {
  return `with ${peopleAndAnswers(sources, scale)},${judgement(rules, evidence(sources))}
${keep(rules)} order by ordinal
returning id, at, region_code as "regionCode", household_id as "householdId", case_id as "caseId",
  cross_check_id as "crossCheckId", rule_set as "ruleSet", as_of as "asOf", outcome, observed, threshold, note, evidence,
  evidence_source as "evidenceSource", conclusion`;
}

/** The statement of a rule set, prepared for one household again and again, or planned for the size of a page. */
export interface Statements {
  readonly version: string;
  readonly text: Readonly<Record<Named, string>>;
}

/** Judges the households in one statement on the engine role's connection; evaluations come in the order asked. */
export async function evaluate(
  client: Pick<PoolClient, 'query'>,
  { version, text }: Statements,
  request: EvaluationRequest,
  crossCheckId: string | null,
): Promise<Evaluation[]> {
  const values = [...statementValues(request), crossCheckId, version];
  const alone = request.households.length === 1;
  const { rows } = await client.query<Evaluation>(
    alone ? { name: `evaluate ${version}`, text: text.ONE, values } : { text: text.MANY, values },
  );
  return rows;
}

/** $1 to $7 of every statement over subjects. */
export function statementValues({ households, purpose, asOf, now, sources }: EvaluationRequest): unknown[] {
  if (new Set(households.map(({ householdId }) => householdId)).size < households.length) {
    throw new RangeError('a household may stand in a page only once');
  }
  const ids = households.map(({ householdId }) => householdId);
  const cases = households.map(({ caseId }) => caseId);
  const letters = households.map(({ letterId }) => letterId);
  return [ids, cases, letters, purpose, asOf, now, sources];
}
