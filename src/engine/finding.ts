import type { Evaluation } from './evaluate';
import type { InForce, ParameterInForce } from './in-force';
import type { Matter, Missing, Outcome, Unit } from './matter';
import type { Rule } from './rule';
import { MISSING_PARAMETER } from './statement/verdict';

/** What one rule says of one household 核对结论, ready to be shown: never a name, never a citizen number. */
export interface Finding {
  readonly rule: string;
  readonly title: string;
  /** Clause ids of the source documents and articles of national law. */
  readonly citation: readonly string[];
  readonly outcome: Outcome;
  /** Whole numbers in `unit`; null where unknown or where the rule measures nothing. */
  readonly observed: number | null;
  readonly threshold: number | null;
  readonly unit: Unit | null;
  readonly sentence: string;
  /** Ids of the usable answers of the sources this rule reads. */
  readonly evidence: readonly string[];
  /** Where INCONCLUSIVE: the answers that are lacking, and when to ask again. */
  readonly missing: readonly Missing[];
  /** Numbers of the law that the rule leans on, in the order in which it names them; one without a value is absent. */
  readonly parameters: readonly ParameterInForce[];
}

/** What else is known of a household: what it lacks, all sources together, and the numbers that decide about it. */
interface Known {
  readonly missing: readonly Missing[];
  readonly inForce: InForce;
}

/** The findings of an evaluation, in the order of its rules. */
export function findings(rules: readonly Rule[], evaluation: Evaluation, { missing, inForce }: Known): Finding[] {
  return rules.map((rule, i) => {
    const outcome = evaluation.outcome[i]!;
    const lacking = outcome === 'INCONCLUSIVE' ? missing.filter((entry) => concerns(rule, entry)) : [];
    const matter: Matter = {
      observed: evaluation.observed[i] ?? null,
      threshold: evaluation.threshold[i] ?? null,
      note: evaluation.note[i] ?? null,
      asOf: evaluation.asOf,
      missing: lacking,
    };
    return {
      rule: rule.code,
      title: rule.title,
      citation: rule.basis,
      outcome,
      observed: matter.observed,
      threshold: matter.threshold,
      unit: rule.unit,
      sentence: sentence(rule, outcome, matter),
      evidence: evaluation.evidence.filter((_, j) => rule.needs.includes(evaluation.evidenceSource[j]!)),
      missing: lacking,
      parameters: rule.parameters.flatMap((code) => inForce.get(code) ?? []),
    };
  });
}

const concerns = ({ needs, about }: Rule, { source, applicant }: Missing): boolean =>
  needs.includes(source) && (about !== 'APPLICANT' || applicant);

function sentence({ title, because }: Rule, outcome: Outcome, matter: Matter): string {
  switch (outcome) {
    case 'PASS':
      return because.pass?.(matter) ?? `符合：${title}。`;
    case 'NOT_APPLICABLE':
      return because.exempt?.() ?? `本条不适用于本案：${title}。`;
    case 'INCONCLUSIVE':
      return matter.note?.startsWith(MISSING_PARAMETER)
        ? `当地当日没有生效的参数“${matter.note.slice(MISSING_PARAMETER.length)}”，无法判断：${title}。`
        : because.unknown(matter);
    default:
      return because.fail(matter);
  }
}
