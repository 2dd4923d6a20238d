import type { Conflict } from '../../engine/conflict';
import type { Evaluation } from '../../engine/evaluate';
import {
  REPORT_SCHEMA,
  SCHEMA_WITH_OFFICERS,
  type MemberState,
  type NotAsked,
  type ReportBody,
  type ReportConflict,
  type ReportContest,
  type ReportFinding,
  type ReportPaper,
} from '../../../schema/sharing/report-body';
import type { AnswerState } from './answers';
import type { Check } from './check';
import type { Contest, Paper } from './evidence-of-officers';
import type { Settled, SettledFinding } from './lay';
import type { CheckedHousehold } from './page';

interface Material {
  readonly check: Check;
  readonly household: CheckedHousehold;
  readonly evaluation: Evaluation;
  readonly settled: Settled;
  readonly answers: readonly AnswerState[];
  /** Sources that are being asked after this report. */
  readonly toAsk: ReadonlySet<string>;
}

/** What is signed about one household. */
export function reportBody({ check, household, evaluation, settled, answers, toAsk }: Material): ReportBody {
  const { findings, conclusion, beside } = settled;
  return {
    schema: beside ? SCHEMA_WITH_OFFICERS : REPORT_SCHEMA,
    household: household.householdId,
    case: household.caseId,
    letter: household.letterId,
    purpose: check.purpose,
    asOf: check.asOf,
    ruleSet: evaluation.ruleSet,
    conclusion,
    sources: [...check.fields.keys()].map((source) => sourceState(source, household, answers, toAsk.has(source))),
    findings: findings.map((finding) => ({
      ...reportFinding(finding, check.purpose),
      ...(beside ? besideOf(finding) : {}),
    })),
  };
}

function sourceState(
  source: string,
  household: CheckedHousehold,
  answers: readonly AnswerState[],
  beingAsked: boolean,
): ReportBody['sources'][number] {
  const given = new Map(
    answers.filter((answer) => answer.source === source).map((answer) => [answer.personId, answer]),
  );
  const members = household.members.map((person): MemberState => {
    const answer = given.get(person);
    return {
      person,
      answer: answer?.id ?? null,
      status: answer?.status ?? notAsked(source, person, household, beingAsked),
      reason: answer?.reason ?? null,
      asOf: instant(answer?.asOf),
      dueAt: answer?.status === 'PENDING' ? instant(answer.dueAt) : null,
      retryAt: instant(answer?.retryAt),
    };
  });
  return { source, asked: members.some(({ answer }) => answer !== null), members };
}

function notAsked(
  source: string,
  person: string,
  { letterId, letterSources, covered }: CheckedHousehold,
  beingAsked: boolean,
): NotAsked {
  if (letterId === null) return 'NO_LETTER';
  if (!letterSources.includes(source) || !covered.includes(person)) return 'LETTER_NOT_COVERING';
  return beingAsked ? 'BEING_ASKED' : 'NOT_ASKED';
}

/** What stands beside the engine's word, of a finding of a case of which anything does. */
const besideOf = ({
  papers,
  contests,
  conflicts,
  recorded,
}: SettledFinding): Pick<ReportFinding, 'papers' | 'contests' | 'conflicts'> => ({
  papers: papers.map(reportPaper),
  contests: contests.map((contest) => reportContest(contest, recorded)),
  conflicts: conflicts.map(reportConflict),
});

const reportPaper = ({ rule: _rule, persons: _persons, confirmedAt, ...paper }: Paper): ReportPaper => ({
  ...paper,
  confirmedAt: confirmedAt.toISOString(),
});

const reportContest = ({ rule: _rule, contestedAt, ...contest }: Contest, recorded: string): ReportContest => ({
  ...contest,
  recorded,
  contestedAt: contestedAt.toISOString(),
});

const reportConflict = ({ rule: _rule, told, ...conflict }: Conflict): ReportConflict => ({
  ...conflict,
  told: told.map((each) => ({ ...each, asOf: each.asOf.toISOString() })),
});

const reportFinding = (
  {
    missing,
    parameters,
    papers: _papers,
    contests: _contests,
    conflicts: _conflicts,
    recorded: _recorded,
    ...finding
  }: SettledFinding,
  purpose: string,
): ReportFinding => ({
  ...finding,
  parameters: parameters.map((each) => ({ ...each, knownFrom: each.knownFrom.toISOString() })),
  missing: missing.map(({ source, personId, status, reason, dueAt, retryAt }) => ({
    source,
    person: personId,
    status,
    reason,
    askAgainAt: instant(status === 'PENDING' ? dueAt : retryAt),
    letter: status === 'NO_LETTER' ? purpose : null,
  })),
});

const instant = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;
