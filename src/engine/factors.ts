import { carriedOutBy, clause } from '../clauses';
import type { Factor, Rule } from './rule';

/** One of the four matters that a yearly review looks at. */
export interface FactorResult {
  readonly factor: Factor;
  /** The worst of its rules: a failed one before an unknown, an unknown before a pass; NOT_APPLICABLE where none applied. */
  readonly outcome: 'PASS' | 'FAIL' | 'INCONCLUSIVE' | 'NOT_APPLICABLE';
  /** A rule that compares with the time of approval found something else now. */
  readonly changed: boolean;
  readonly rules: readonly string[];
  /** Of the rules that did not pass. */
  readonly sentences: readonly string[];
}

type Said = { readonly rule: string; readonly outcome: string; readonly sentence: string };

/** Of the outcomes of a report, the worst first. */
const BECOMES = {
  FAIL: 'FAIL',
  INCONCLUSIVE: 'INCONCLUSIVE',
  CONTRADICTION: 'INCONCLUSIVE',
  CONFLICT: 'INCONCLUSIVE',
  IN_DOUBT: 'INCONCLUSIVE',
  PASS_BY_EVIDENCE: 'PASS',
  PASS: 'PASS',
} as const;
type Weighed = keyof typeof BECOMES;
const WORST = Object.keys(BECOMES) as Weighed[];

/** 家庭人口变化: shown beside what was approved, with the sentence that names its source. */
const POPULATION_CHANGES = carriedOutBy('DATA', clause('IM-7.1-a'));

/** 人口、收入、财产、住房 [IM-7.1] by the findings of a report. What is contradicted is not settled, and so no pass. */
export function factorsOf(rules: readonly Rule[], findings: readonly Said[]): FactorResult[] {
  POPULATION_CHANGES();
  const said = new Map(findings.map((finding) => [finding.rule, finding]));
  const factors = [...new Set(rules.flatMap(({ review }) => (review ? [review.factor] : [])))];
  return factors.map((factor) => {
    const own = rules.filter(({ review }) => review?.factor === factor);
    const about = own.flatMap(({ code }) => said.get(code) ?? []).filter(({ outcome }) => outcome !== 'NOT_APPLICABLE');
    const worst = WORST.find((outcome) => about.some((each) => each.outcome === outcome));
    const unlike = new Set(own.filter(({ review }) => review!.change).map(({ code }) => code));
    return {
      factor,
      outcome: worst === undefined ? 'NOT_APPLICABLE' : BECOMES[worst],
      changed: about.some(({ rule, outcome }) => unlike.has(rule) && /^(FAIL|CONTRADICTION|CONFLICT)$/.test(outcome)),
      rules: about.map(({ rule }) => rule),
      sentences: about.filter(({ outcome }) => outcome !== 'PASS').map(({ sentence }) => sentence),
    };
  });
}
