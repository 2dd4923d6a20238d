import type { PoolClient } from 'pg';
import { statementValues, type Evaluation, type EvaluationRequest } from './evaluate';
import type { Finding } from './finding';
import type { Engine } from './index';
import { parametersOf, type Rule } from './rule';
import { peopleAndAnswers } from './statement/people';
import { given } from './statement/subject';

/** A finding with what it was made of. */
export interface Explained extends Finding {
  /** The rule's facts by name; null where a fact is unknown. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Why a household is judged as it is. */
export interface Explanation {
  readonly evaluation: Evaluation;
  readonly findings: readonly Explained[];
}

/**
 * Judges one household by the engine's own statement and shows what each finding was made of. Writes nothing: it needs a
 * connection without an open transaction, and rolls back its own. Undefined where the case is not the household's.
 */
export async function explain(
  client: Pick<PoolClient, 'query'>,
  rules: readonly Rule[],
  engine: Engine,
  request: EvaluationRequest,
): Promise<Explanation | undefined> {
  await client.query('begin isolation level repeatable read');
  try {
    await engine.ensureRuleSet(client);
    const [evaluation] = await engine.evaluate(client, { ...request, crossCheckId: null });
    if (!evaluation) return undefined;
    const missing = (await engine.missing(client, request)).get(evaluation.householdId);
    const inputs = await inputsOf(client, rules, engine.sources, request);
    const inForce = (await engine.inForce(client, request)).get(evaluation.householdId);
    const findings = engine
      .findings(evaluation, missing, inForce)
      .map((finding) => ({ ...finding, inputs: inputs[finding.rule] ?? {} }));
    return { evaluation, findings };
  } finally {
    await client.query('rollback');
  }
}

type Inputs = Readonly<Record<string, Readonly<Record<string, unknown>> | null>>;

/** The facts of every rule, from the same relations that judged. */
async function inputsOf(
  client: Pick<PoolClient, 'query'>,
  rules: readonly Rule[],
  sources: readonly string[],
  request: EvaluationRequest,
): Promise<Inputs> {
  const relations = [peopleAndAnswers(sources, 'ONE'), given(parametersOf(rules))];
  const facts = rules.map(
    ({ code, facts: { text } }) =>
      `'${code}', (select to_jsonb(facts) - 'household_id' from (${text}) as facts where facts.household_id = subject.household_id)`,
  );
  const { rows } = await client.query<{ inputs: Inputs }>(
    `with ${relations.join(',')} select jsonb_build_object(${facts.join(', ')}) as inputs from subject`,
    statementValues(request),
  );
  return rows[0]?.inputs ?? {};
}
