import { connectors } from '../../../connectors';
import type { Conflict } from '../../engine/conflict';
import type { Conclusion } from '../../engine/evaluate';
import type { Finding } from '../../engine/finding';
import type { Outcome } from '../../engine/matter';
import type { Rule } from '../../engine/rule';
import { SOURCE_TITLES } from '../../../schema/sharing/field-titles';
import { PAPER_TITLES } from '../../../schema/sharing/paper-evidence';
import type { Contest, OfOfficers, Paper } from './evidence-of-officers';

/** What a report says of a rule: the engine's word, that sources differ, or what officers hold beside it. */
export type SettledOutcome = Outcome | 'PASS_BY_EVIDENCE' | 'IN_DOUBT' | 'CONFLICT';

/** The engine's finding with what officers laid beside it. Its evidence is that of sources alone. */
export type SettledFinding<Found extends Finding = Finding> = Omit<Found, 'outcome'> & {
  readonly outcome: SettledOutcome;
  /** The engine's own word. */
  readonly recorded: Outcome;
  readonly papers: readonly Paper[];
  readonly contests: readonly Contest[];
  readonly conflicts: readonly Conflict[];
};

export interface Settled<Found extends Finding = Finding> {
  readonly findings: readonly SettledFinding<Found>[];
  readonly conclusion: Conclusion;
  /** Ids of all that officers hold for the case. */
  readonly laid: readonly string[];
  /** Is there anything beside the engine's word? Else it stands as it is. */
  readonly beside: boolean;
}

interface Judged<Found extends Finding> {
  readonly findings: readonly Found[];
  readonly conclusion: Conclusion;
  /** Members on the day of judgement. */
  readonly members: readonly string[];
  /** Where sources differ, and the rules that fail for nothing else. */
  readonly conflicts: readonly Conflict[];
  readonly disputed: ReadonlySet<string>;
}

const NOTHING: OfOfficers = { applicant: '', papers: [], contests: [] };

/** Lays conflicts, and what officers hold, over what the engine found. What failed is never passed. */
export function lay<Found extends Finding>(
  rules: readonly Rule[],
  judged: Judged<Found>,
  officers: OfOfficers = NOTHING,
): Settled<Found> {
  const ruleOf = new Map(rules.map((rule) => [rule.code, rule]));
  const findings = judged.findings.map((finding) => {
    const rule = ruleOf.get(finding.rule)!;
    return withPapers(inDoubt(inConflict(finding, judged), officers), rule, judged.members, officers);
  });
  const laid = [...officers.papers, ...officers.contests].map(({ id }) => id);
  const beside = laid.length > 0 || judged.conflicts.length > 0;
  return { findings, conclusion: beside ? conclusionOf(ruleOf, findings) : judged.conclusion, laid, beside };
}

/** Outcomes that a person has to settle. */
const OPEN: readonly SettledOutcome[] = ['INCONCLUSIVE', 'CONTRADICTION', 'IN_DOUBT', 'CONFLICT'];

/** Both words are shown; without a rule of precedence neither decides. */
function inConflict<Found extends Finding>(
  finding: Found,
  { conflicts: all, disputed }: Judged<Found>,
): SettledFinding<Found> {
  const conflicts = all.filter(({ rule }) => rule === finding.rule);
  const outcome = conflicts.length > 0 && disputed.has(finding.rule) ? 'CONFLICT' : finding.outcome;
  return { ...finding, outcome, recorded: finding.outcome, papers: [], contests: [], conflicts };
}

/** A record that is contested decides nothing, for or against. */
function inDoubt<Found extends Finding>(
  finding: SettledFinding<Found>,
  { contests: all }: OfOfficers,
): SettledFinding<Found> {
  const contests = all.filter(({ rule }) => rule === finding.rule);
  if (contests.length === 0 || finding.recorded === 'NOT_APPLICABLE') return finding;
  const each = contests.map(
    ({ source, claimed, filedOn }) => `${agencyOf(source)}的记录有异议，主张“${claimed}”，已于 ${filedOn} 提出更正`,
  );
  const sentence = `事实存疑：${each.join('；')}。现有记录的判定：${finding.sentence}`;
  return { ...finding, outcome: 'IN_DOUBT', sentence, contests };
}

const agencyOf = (source: string): string =>
  connectors.find(({ name }) => name === source)?.agency ?? SOURCE_TITLES[source] ?? source;

function withPapers<Found extends Finding>(
  finding: SettledFinding<Found>,
  rule: Rule,
  members: readonly string[],
  { papers: all, applicant }: OfOfficers,
): SettledFinding<Found> {
  if (rule.prohibition || finding.recorded === 'FAIL' || !OPEN.includes(finding.outcome)) return finding;
  const papers = all.filter((paper) => paper.rule === finding.rule);
  const people = rule.about === 'APPLICANT' ? [applicant] : members;
  if (!speakForAll(papers, people)) return { ...finding, papers };
  return { ...finding, papers, outcome: 'PASS_BY_EVIDENCE', sentence: passed(papers, finding.sentence) };
}

/**
 * Papers pass a finding when they speak for each whom the rule reads. One about a single member is not enough, even where only
 * that member's answer is lacking: behind what is lacking, what others answered may leave it open too.
 */
const speakForAll = (papers: readonly Paper[], people: readonly string[]): boolean =>
  people.length > 0 && people.every((one) => papers.some(({ persons }) => persons.includes(one)));

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
