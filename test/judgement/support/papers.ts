import { readCheck, requestCheck, completed } from '../../support/checks';
import { officerOf, type File } from '../../support/files';
import type { Asked, RunningHub, Who } from '../../support/running-hub';

export interface PaperShown {
  readonly id: string;
  readonly rule: string;
  readonly member: string | null;
  readonly personId: string;
  readonly documentKind: string;
  readonly documentNumber: string | null;
  readonly issuedBy: string;
  readonly note: string | null;
  readonly validUntil: string;
  readonly state: string;
  readonly addedBy: string;
  readonly settledBy: string | null;
  readonly endedBy: string | null;
  readonly reason: string | null;
}
export const PAPER =
  'id rule member personId documentKind documentNumber issuedBy note validUntil state addedBy settledBy endedBy reason';

export interface ReportOf {
  readonly version: number;
  readonly hash: string;
  readonly canonical: string;
  readonly conclusion: string;
  readonly findings: readonly FindingOf[];
}
export interface FindingOf {
  readonly rule: string;
  readonly outcome: string;
  readonly sentence: string;
  readonly evidence: readonly { readonly id: string; readonly source: string }[];
  readonly paper:
    | readonly { readonly id: string; readonly documentNumber: string; readonly confirmedBy: string }[]
    | null;
}
const REPORT = `query ($id: ID!) { crossCheck(id: $id) { households { nodes { report { version hash canonical conclusion findings {
  rule outcome sentence evidence { id source } paper { id personId documentKind documentNumber issuedBy validUntil addedBy confirmedBy confirmedAt } } } } } } }`;

/** Whose acts: another person of the same office. */
export const second = (file: File): NonNullable<Who> => ({ ...officerOf(file), sub: 'second' });

/** The caller of a transaction, as the hub sets it. */
export const callerNamed = (subject: string): string =>
  JSON.stringify({ subject, role: 'COUNTY_HOUSING', office: '-', requestId: 'test', verb: 'test' });

export const LAST_DAY = '2099-12-31';

/** Acts and reads about evidence of officers, as people do them. */
export const paperDesk = (running: RunningHub) => {
  const act =
    <Of>(mutation: string) =>
    (who: Who, variables: object): Promise<Asked<Of>> =>
      running.ask<Of>(who, mutation, { variables: { ...variables } });
  const adding = act<{ addEvidence: PaperShown }>(
    `mutation ($input: AddEvidenceInput!) { addEvidence(input: $input) { ${PAPER} } }`,
  );
  const owner = running.base.owner;
  /** No report waits to be settled again. */
  const quiet = async (): Promise<void> => {
    const waiting = `select from graphile_worker.jobs where task_identifier = 'settle-again'`;
    while ((await owner.query(waiting)).rowCount! > 0);
  };
  return {
    quiet,
    add: (file: File, changes: object = {}, who: Who = officerOf(file)) =>
      adding(who, {
        input: {
          ...{ caseId: file.caseId, rule: 'RR-07', documentKind: 'CERTIFICATE', documentNumber: '赤房证〔2026〕17号' },
          ...{ issuedBy: '红山区不动产登记中心', validUntil: LAST_DAY, note: '窗口出具的查询结果', ...changes },
        },
      }),
    confirm: act<{ confirmEvidence: PaperShown }>(`mutation ($id: ID!) { confirmEvidence(id: $id) { ${PAPER} } }`),
    reject: act<{ rejectEvidence: PaperShown }>(
      `mutation ($id: ID!, $reason: String!) { rejectEvidence(id: $id, reason: $reason) { ${PAPER} } }`,
    ),
    withdraw: act<{ withdrawEvidence: PaperShown }>(
      `mutation ($id: ID!, $reason: String!) { withdrawEvidence(id: $id, reason: $reason) { ${PAPER} } }`,
    ),
    async papers(file: File, who: Who = officerOf(file)): Promise<PaperShown[] | null> {
      const text = `query ($id: ID!) { household(id: $id) { paperEvidence { ${PAPER} } } }`;
      const { data } = await running.ask<{ household: { paperEvidence: PaperShown[] | null } }>(who, text, {
        variables: { id: file.householdId },
      });
      return data.household.paperEvidence;
    },
    /** The last report of a cross-check of one household, once nothing waits to be settled again. */
    async report(file: File, id: string): Promise<ReportOf> {
      await quiet();
      const { data } = await running.ask<{
        crossCheck: { households: { nodes: { report: ReportOf }[] } };
      }>(officerOf(file), REPORT, { variables: { id } });
      return data.crossCheck.households.nodes[0]!.report;
    },
    /** Checks a household while a source says nothing; returns the cross-check. */
    async silent(file: File, source = 'property'): Promise<string> {
      await running.base.owner.query(`delete from answer where household_id = $1 and source = $2`, [
        file.householdId,
        source,
      ]);
      await running.sandbox.control.set(source, { mode: 'down' });
      const { data } = await requestCheck(running, officerOf(file), [file.householdId]);
      await completed(running, officerOf(file), data.requestCrossCheck.id);
      await running.sandbox.control.set(source, { mode: 'ok' });
      expect((await readCheck(running, officerOf(file), data.requestCrossCheck.id)).errors).toEqual([]);
      return data.requestCrossCheck.id;
    },
    /** As if the time had come to ask again whoever said nothing. */
    askable: () => owner.query(`update answer set retry_at = now() where status = 'UNAVAILABLE'`),
    decide: act<{ decide: { id: string } }>(
      `mutation ($caseId: ID!, $report: String!, $verdict: Verdict!) {
         decide(caseId: $caseId, report: $report, verdict: $verdict, reason: "材料齐全") { id } }`,
    ),
    openTasks: async (file: File): Promise<string[]> =>
      (
        await owner.query<{ task: string }>(
          `select kind || ' ' || about as task from evidence_task where case_id = $1 and closed_at is null order by 1`,
          [file.caseId],
        )
      ).rows.map(({ task }) => task),
  };
};

export const refusalOf = ({ errors }: Asked<unknown>): string[] =>
  errors.map(({ extensions: { code, field } }) => `${code} ${field}`);
export const findingIn = ({ findings }: ReportOf, rule = 'RR-07'): FindingOf =>
  findings.find((finding) => finding.rule === rule)!;
