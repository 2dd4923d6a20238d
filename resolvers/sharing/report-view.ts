import type { ReportBody, ReportFinding } from '../../schema/sharing/report-body';

/** A report's text as the graph shows it. All of it comes from the signed text: nothing is added or looked up. */
export function viewOf(canonical: string) {
  const body = JSON.parse(canonical) as ReportBody;
  const evidence = evidenceById(body);
  return {
    conclusion: body.conclusion,
    findings: body.findings.map((finding) => findingView(finding, evidence)),
    sources: body.sources.map(({ source, asked, members }) => ({
      source,
      asked,
      answered: members.filter(({ status }) => status === 'FOUND' || status === 'NOT_FOUND').length,
      states: [...new Set(members.map(({ status }) => status))].sort(),
      members: members.map(({ person, answer, ...state }) => ({ personId: person, answerId: answer, ...state })),
    })),
  };
}

type Evidence = ReturnType<typeof evidenceById>;

const evidenceById = ({ sources }: ReportBody) =>
  new Map(
    sources.flatMap(({ source, members }) =>
      members.map(
        ({ answer, status, reason, asOf, dueAt, retryAt }) =>
          [answer, { id: answer, source, status, reason, asOf, dueAt, retryAt }] as const,
      ),
    ),
  );

function findingView(
  { citation, evidence, missing, parameters, papers, contests, conflicts, ...finding }: ReportFinding,
  known: Evidence,
) {
  return {
    ...finding,
    parameters: parameters ?? null,
    conflict:
      conflicts?.map(({ person, told, ...conflict }) => ({
        ...{ personId: person, ...conflict },
        told: told.map(({ answer, ...each }) => ({ answerId: answer, ...each })),
      })) ?? null,
    contest:
      contests?.map(({ person, answer, ...contest }) => ({ personId: person, answerId: answer, ...contest })) ?? null,
    paper: papers?.map(({ person, ...paper }) => ({ personId: person, ...paper })) ?? null,
    citation: citation.join('；'),
    evidence: evidence.flatMap((id) => known.get(id) ?? []),
    missing: missing.map(({ person, ...lacking }) => ({ personId: person, ...lacking })),
  };
}
