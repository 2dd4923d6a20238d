import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import { tell } from '../clauses';
import { makeAsIf, type AsIf } from './as-if';
import { evaluate, evaluationStatement, type Evaluation, type EvaluationRequest } from './evaluate';
import { findings, type Finding } from './finding';
import { judgeRange, rangeStatement, type RangeRequest } from './judge-range';
import type { Missing } from './matter';
import { findConflicts, inConflict, type Conflict } from './conflict';
import { factorsOf, type FactorResult } from './factors';
import { findMissing } from './missing';
import { inForceOf, type InForce } from './in-force';
import { parametersOf, type Rule } from './rule';
import { columnsRead } from './statement/columns';

/** A set of rules ready to judge: one statement judges any number of households, one more says what they lack. */
export interface Engine {
  /** Changes whenever a rule's SQL, title or basis, the order of rules or the engine's own SQL changes. */
  readonly version: string;
  readonly codes: readonly string[];
  readonly rules: readonly Rule[];
  /** Sources that the rules read. */
  readonly sources: readonly string[];
  /** Makes the set's codes known, so that its evaluations can be read later. Idempotent; before the first evaluation. */
  ensureRuleSet(client: Pick<PoolClient, 'query'>): Promise<void>;
  /** Judges and keeps; on a connection of the engine role, which sees every region. In the order asked. */
  evaluate(
    client: Pick<PoolClient, 'query'>,
    request: EvaluationRequest & { readonly crossCheckId: string | null },
  ): Promise<Evaluation[]>;
  /**
   * Judges everybody in a range who has an open case, by one operation on sets a relation, and keeps the result under the run
   * (its cross-check); how many. Cut off and begun again, a run judges nobody twice. A connection without an open transaction.
   */
  judgeRange(client: Pick<PoolClient, 'query'>, request: RangeRequest, run: string): Promise<number>;
  /** By household id: members and sources without an answer that may decide. Same connection, same request. */
  missing(client: Pick<PoolClient, 'query'>, request: EvaluationRequest): Promise<Map<string, Missing[]>>;
  /** By household id: where sources differ on what a rule reads. Same connection, same request, and what came of it. */
  conflicts(
    client: Pick<PoolClient, 'query'>,
    request: EvaluationRequest,
    evaluations: readonly Evaluation[],
  ): Promise<Map<string, Conflict[]>>;
  /** By household id: the numbers that decide about it. Same connection, same request. */
  inForce(client: Pick<PoolClient, 'query'>, request: EvaluationRequest): Promise<Map<string, InForce>>;
  /** What would be concluded under another programme. Same connection, same request. */
  readonly asIf: AsIf;
  /** The four matters of a yearly review, by the findings of a report. */
  factors(findings: Parameters<typeof factorsOf>[1]): FactorResult[];
  findings(evaluation: Evaluation, missing: readonly Missing[] | undefined, inForce: InForce | undefined): Finding[];
}

const NOTHING: InForce = new Map();

/** Of a set: what its statement does, and what its findings say. */
const versionOf = (rules: readonly Rule[], text: string): string =>
  createHash('sha256')
    .update(JSON.stringify([text, rules.map(({ title, basis }) => [title, basis])]))
    .digest('hex')
    .slice(0, 16);

function tellApplied(rules: readonly Rule[], evaluations: readonly Evaluation[]): void {
  rules.forEach(({ basis }, at) => {
    if (evaluations.some(({ outcome }) => outcome[at] !== 'NOT_APPLICABLE')) tell(basis, 'RULE');
  });
}

export function makeEngine(rules: readonly Rule[]): Engine {
  const codes = rules.map(({ code }) => code);
  if (new Set(codes).size < codes.length) throw new Error('two rules carry the same code');
  const sources = [...new Set(rules.flatMap(({ needs }) => needs))].sort();
  const parameters = parametersOf(rules);
  const text = { ONE: evaluationStatement(rules, sources, 'ONE'), MANY: evaluationStatement(rules, sources, 'MANY') };
  let ofRange: Promise<string> | undefined;
  const version = versionOf(rules, text.MANY);
  return {
    version,
    codes,
    rules,
    sources,
    async ensureRuleSet(client) {
      await client.query('insert into rule_set (version, codes) values ($1, $2) on conflict (version) do nothing', [
        version,
        codes,
      ]);
    },
    async evaluate(client, request) {
      const evaluations = await evaluate(client, { version, text }, request, request.crossCheckId);
      tellApplied(rules, evaluations);
      return evaluations;
    },
    async judgeRange(client, request, run) {
      ofRange ??= columnsRead(client, rules, sources).then((columnsOf) => rangeStatement(rules, sources, columnsOf));
      return judgeRange(client, { version, text: await ofRange }, request, run);
    },
    missing: (client, request) => findMissing(client, sources, request),
    conflicts: async (client, request, evaluations) =>
      inConflict(rules, evaluations) ? findConflicts(client, rules, request) : new Map<string, Conflict[]>(),
    inForce: (client, request) => inForceOf(client, parameters, request),
    asIf: makeAsIf(rules, sources),
    factors: (said) => factorsOf(rules, said),
    findings: (evaluation, missing = [], inForce = NOTHING) => findings(rules, evaluation, { missing, inForce }),
  };
}
