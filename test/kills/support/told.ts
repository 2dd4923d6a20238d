import type { ReportBody } from '../../../schema/sharing/report-body';

/** What a report tells, without what differs between two runs: ids of cases, letters and answers, and instants. */
export const told = ({ case: _case, letter, sources, findings, ...rest }: ReportBody): object => ({
  ...{ ...rest, letter: letter !== null },
  sources: sources.map(({ members, ...source }) => ({
    ...source,
    members: members.map(({ person, status, reason }) => [person, status, reason]),
  })),
  findings: findings.map(({ evidence, missing, conflicts, ...finding }) => ({
    ...finding,
    evidence: evidence.length,
    missing: missing.map(({ askAgainAt: _, ...each }) => each),
    conflicts: conflicts?.map(({ told: words, ...conflict }) => ({
      ...conflict,
      told: words.map(({ source, value }) => [source, value]),
    })),
  })),
});
