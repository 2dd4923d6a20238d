import type { ClientBase } from 'pg';
import type { Conclusion } from '../../schema/sharing/evaluation';

/** The report on which a case stands. */
export interface StandingReport {
  readonly hash: string;
  readonly crossCheckId: string;
  readonly conclusion: Conclusion;
}

/** Null before the first. No newer one, and no second decision, comes before the transaction ends. */
export async function standingReport(client: ClientBase, caseId: string): Promise<StandingReport | null> {
  const { rows } = await client.query<StandingReport>({
    name: 'standing-report',
    text: 'select hash, cross_check_id as "crossCheckId", conclusion from case_report where case_id = $1 for update',
    values: [caseId],
  });
  return rows[0] ?? null;
}
