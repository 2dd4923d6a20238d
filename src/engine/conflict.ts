import type { PoolClient } from 'pg';
import { differs, disputed } from './agreement';
import { statementValues, type Evaluation, type EvaluationRequest } from './evaluate';
import { parametersOf, type Rule } from './rule';
import { relationOf } from './statement/answers';
import { peopleAndAnswers } from './statement/people';
import { given } from './statement/subject';

/** One source's word on a fact of a member. */
export interface Told {
  readonly source: string;
  /** Id of the answer. */
  readonly answer: string;
  /** As the source has it; null where it has nothing on record. */
  readonly value: string | null;
  readonly asOf: Date;
}

/** Two sources say different things of one fact that a rule reads. */
export interface Conflict {
  readonly rule: string;
  readonly fact: string;
  readonly person: string;
  readonly told: readonly [Told, Told];
  /** Source whose word decides, by a rule of precedence in force; null where there is none. */
  readonly prevails: string | null;
  /** Code of the parameter that says so. */
  readonly precedence: string;
}

interface Row extends Omit<Conflict, 'rule' | 'fact' | 'told' | 'prevails' | 'precedence'> {
  readonly householdId: string;
  readonly told: readonly [Told & { asOf: string }, Told & { asOf: string }];
  readonly second: number | null;
}

/** Codes of the rules that fail for nothing but a difference between sources that no rule of precedence settles. */
export const disputedRules = (rules: readonly Rule[], { note }: Evaluation): ReadonlySet<string> =>
  new Set(rules.flatMap(({ code, agreement }, at) => (agreement && disputed(note[at]) ? [code] : [])));

/** Do sources differ in one of these? */
export const inConflict = (rules: readonly Rule[], evaluations: readonly Evaluation[]): boolean =>
  rules.some(({ agreement }, at) => agreement && evaluations.some(({ note }) => differs(note[at])));

/**
 * Per household, where sources differ on what its rules read, from the same answers that judged. A household without is absent.
 * The rule has decided already: this only shows.
 */
export async function findConflicts(
  client: Pick<PoolClient, 'query'>,
  rules: readonly Rule[],
  request: EvaluationRequest,
): Promise<Map<string, Conflict[]>> {
  const byHousehold = new Map<string, Conflict[]>();
  for (const rule of rules) {
    if (!rule.agreement) continue;
    const { fact, precedence, between } = rule.agreement;
    const { rows } = await client.query<Row>(statement(rule), statementValues(request));
    for (const { householdId, person, told, second } of rows) {
      const prevails = second === null ? null : between[second === 1 ? 1 : 0];
      const both = told.map((each) => ({ ...each, asOf: new Date(each.asOf) })) as unknown as Conflict['told'];
      const known = byHousehold.get(householdId) ?? [];
      known.push({ rule: rule.code, fact, person, told: both, prevails, precedence });
      byHousehold.set(householdId, known);
    }
  }
  return byHousehold;
}

function statement({ agreement, ...rule }: Rule): string {
  const { between, column, says, precedence } = agreement!;
  const word = (source: string) => `
    select ${relationOf(source)}.household_id, ${relationOf(source)}.person_id, (${says.text}) as says,
      json_build_object('source', '${source}', 'answer', ${relationOf(source)}.id, 'value', ${column}::text, 'asOf', ${relationOf(source)}.as_of) as told
    from ${relationOf(source)} join given using (household_id)`;
  const relations = [peopleAndAnswers(between, 'MANY'), given(parametersOf([{ ...rule, agreement }]))];
  return `with ${relations.join(',')}
    select one.household_id as "householdId", one.person_id as person, json_build_array(one.told, other.told) as told,
      given."${precedence}" as second
    from (${word(between[0])}) as one join (${word(between[1])}) as other using (household_id, person_id) join given using (household_id)
    where one.says <> other.says order by given.ordinal, person_id`;
}
