import type { PoolClient } from 'pg';
import { statementValues, type Evaluation, type EvaluationRequest } from './evaluate';
import type { Finding } from './finding';
import type { Engine } from './index';
import type { Rule } from './rule';
import { sourceRelation } from './statement/answers';
import { given, MEMBER, subject } from './statement/subject';

/** A number of the law as it was in force for the household's region, programme and day. */
export interface ParameterInForce {
  readonly code: string;
  readonly value: number;
  readonly unit: string;
  readonly document: string;
  /** SEED, NATIONAL, LOCAL or UNVERIFIED. */
  readonly mark: string;
  /** Region that set it; null where it is nobody's own. */
  readonly region: string | null;
  readonly validFrom: string;
}

/** A finding with what it was made of. */
export interface Explained extends Finding {
  /** The rule's facts by name; null where a fact is unknown. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** In the order in which the rule names them; a code without a value is absent. */
  readonly parameters: readonly ParameterInForce[];
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
    const inForce = await parametersOf(client, rules, request);
    const findings = engine.findings(evaluation, missing).map((finding, at) => ({
      ...finding,
      inputs: inputs[finding.rule] ?? {},
      parameters: rules[at]!.parameters.flatMap((code) => inForce.get(code) ?? []),
    }));
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
  const relations = [subject('ONE'), MEMBER, given(codesOf(rules)), ...sources.map(sourceRelation)];
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

const codesOf = (rules: readonly Rule[]): string[] => [...new Set(rules.flatMap(({ parameters }) => parameters))];

async function parametersOf(
  client: Pick<PoolClient, 'query'>,
  rules: readonly Rule[],
  request: EvaluationRequest,
): Promise<Map<string, ParameterInForce>> {
  const codes = codesOf(rules);
  const deciding = codes.map((code) => `"${code}"`).join(', ');
  const { rows } = await client.query<ParameterInForce>(
    `with ${subject('ONE')}, ${given(codes, 'id')}
     select code, value, unit, document_number as document, mark, region_code as region, valid_from as "validFrom"
     from parameter where id in (select unnest(array[${deciding}]::uuid[]) from given)`,
    statementValues(request),
  );
  return new Map(rows.map((row) => [row.code, row]));
}
