import type { ClientBase } from 'pg';
import type { Conclusion } from '../../schema/sharing/evaluation';
import type { ReportBody, ReportFinding } from '../../schema/sharing/report-body';

/** The report on which a case stands. */
export interface StandingReport {
  readonly hash: string;
  readonly crossCheckId: string;
  readonly conclusion: Conclusion;
  /** Evidence of officers has come, gone or run out since. */
  readonly outdated: boolean;
  /** Some of what it was settled on is valid no more. */
  readonly expired: boolean;
}

const STANDING = `
  select c.hash, c.cross_check_id as "crossCheckId", c.conclusion, not (c.laid @> now.ids and c.laid <@ now.ids) as outdated,
    exists (select from paper_evidence p where p.id = any (c.laid) and p.valid_until < $2) as expired
  from case_report c cross join lateral (select evidence_in_force(c.case_id, $2) as ids) as now
  where c.case_id = $1 for update of c`;

/** Null before the first. No newer one, no other evidence and no second decision comes before the transaction ends. */
export async function standingReport(
  client: ClientBase,
  caseId: string,
  today: string,
): Promise<StandingReport | null> {
  const { rows } = await client.query<StandingReport>({
    name: 'standing-report',
    text: STANDING,
    values: [caseId, today],
  });
  return rows[0] ?? null;
}

const BODY = `
  select r.body from case_report c
  join report r on r.cross_check_id = c.cross_check_id and r.household_id = c.household_id and r.hash = c.hash
  where c.case_id = $1 order by r.version desc limit 1`;

/** The text of the standing report; undefined where there is none. */
export async function standingBody(client: ClientBase, caseId: string): Promise<ReportBody | undefined> {
  const { rows } = await client.query<{ body: string }>({ name: 'standing-body', text: BODY, values: [caseId] });
  return rows[0] && (JSON.parse(rows[0].body) as ReportBody);
}

/** What it says of a rule; undefined also where it knows no such rule. */
export const standingFinding = async (
  client: ClientBase,
  caseId: string,
  rule: string,
): Promise<ReportFinding | undefined> =>
  (await standingBody(client, caseId))?.findings.find((finding) => finding.rule === rule);
