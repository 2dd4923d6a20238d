import type { Conclusion } from '../../engine/evaluate';
import type { Finding } from '../../engine/finding';
import type { Outcome } from '../../engine/matter';
import type { Rule } from '../../engine/rule';
import { PAPER_TITLES } from '../../../schema/sharing/paper-evidence';
import type { OfOfficers, Paper } from './evidence-of-officers';

/** What a report says of a rule: the engine's word, or that of officers beside it. */
export type SettledOutcome = Outcome | 'PASS_BY_EVIDENCE';

/** The engine's finding with what officers laid beside it. Its evidence is that of sources alone. */
export type SettledFinding<Found extends Finding = Finding> = Omit<Found, 'outcome'> & {
  readonly outcome: SettledOutcome;
  readonly papers: readonly Paper[];
};

export interface Settled<Found extends Finding = Finding> {
  readonly findings: readonly SettledFinding<Found>[];
  readonly conclusion: Conclusion;
  /** Ids of all that is in force for the case; empty where nothing is, and then the engine's word stands as it is. */
  readonly laid: readonly string[];
}

interface Judged<Found extends Finding> {
  readonly findings: readonly Found[];
  readonly conclusion: Conclusion;
  /** Members on the day of judgement. */
  readonly members: readonly string[];
}

/** Lays what officers hold over what the engine found. What failed stays failed. */
export function lay<Found extends Finding>(
  rules: readonly Rule[],
  judged: Judged<Found>,
  officers: OfOfficers | undefined,
): Settled<Found> {
  if (!officers) {
    const findings = judged.findings.map((finding) => ({ ...finding, papers: [] }));
    return { findings, conclusion: judged.conclusion, laid: [] };
  }
  const ruleOf = new Map(rules.map((rule) => [rule.code, rule]));
  const findings = judged.findings.map((finding) =>
    withPapers(finding, ruleOf.get(finding.rule)!, judged.members, officers),
  );
  return { findings, conclusion: conclusionOf(ruleOf, findings), laid: officers.papers.map(({ id }) => id) };
}

/** Outcomes that a person may settle. */
const OPEN: readonly SettledOutcome[] = ['INCONCLUSIVE', 'CONTRADICTION'];

function withPapers<Found extends Finding>(
  finding: Found,
  rule: Rule,
  members: readonly string[],
  { papers: all, applicant }: OfOfficers,
): SettledFinding<Found> {
  if (rule.prohibition || !OPEN.includes(finding.outcome)) return { ...finding, papers: [] };
  const papers = all.filter((paper) => paper.rule === finding.rule);
  const people = rule.about === 'APPLICANT' ? [applicant] : members;
  if (!speakForAll(papers, people)) return { ...finding, papers };
  return { ...finding, papers, outcome: 'PASS_BY_EVIDENCE', sentence: passed(papers, finding.sentence) };
}

/**
 * Papers pass a finding when one speaks for the household, or one for each whom the rule reads. One about a single member is not
 * enough, even where only that member's answer is lacking: behind what is lacking, what others answered may leave it open too.
 */
const speakForAll = (papers: readonly Paper[], people: readonly string[]): boolean =>
  papers.some(({ person }) => person === null) ||
  (people.length > 0 && people.every((one) => papers.some(({ person }) => person === one)));

function passed(papers: readonly Paper[], sentence: string): string {
  const each = papers.map(
    ({ issuedBy, documentKind, documentNumber, validUntil }) =>
      `${issuedBy}${PAPER_TITLES[documentKind]}（${documentNumber}，有效至 ${validUntil}）`,
  );
  return `经两名经办人凭人工证据认定通过：${each.join('、')}。来源记录的判定：${sentence}`;
}

/** The engine's own aggregate (src/engine/statement/verdict), over what was laid beside it. */
function conclusionOf(
  rules: ReadonlyMap<string, Rule>,
  findings: readonly Pick<SettledFinding, 'rule' | 'outcome'>[],
): Conclusion {
  const weighing = findings.filter(({ rule }) => rules.get(rule)!.binds !== 'AUTHORITY').map(({ outcome }) => outcome);
  if (weighing.includes('FAIL')) return 'INELIGIBLE_PROPOSED';
  return weighing.some((outcome) => OPEN.includes(outcome)) ? 'PENDING_EVIDENCE' : 'ELIGIBLE';
}
