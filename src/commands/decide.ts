import { randomUUID } from 'node:crypto';
import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { standingReport } from '../store/case-report';
import { openCaseOf } from '../store/letters/terms';
import { refuseOwnProcedure } from '../store/own-procedure';
import { inUnit } from '../store/unit';
import { Decision, Verdict } from '../../schema/sharing/decision';
import { Conclusion } from '../../schema/sharing/evaluation';

export interface Decide {
  readonly caseId: string;
  /** Hash of the report that the officer has read: the last of the case. */
  readonly report: string;
  readonly verdict: Verdict;
  readonly reason: string;
}

const BORNE_BY: Readonly<Record<Verdict, Conclusion>> = {
  [Verdict.APPROVE]: Conclusion.ELIGIBLE,
  [Verdict.REFUSE]: Conclusion.INELIGIBLE_PROPOSED,
};

/**
 * 审核决定 on a case of no other procedure. Errors: NOT_FOUND, CASE_CLOSED, INVALID_INPUT, ILLEGAL_MOVE for a case of a yearly review or of an
 * application, REPORT_STALE for a report that is not the last or not on the evidence there is, EVIDENCE_EXPIRED, DECISION_UNFOUNDED for one that
 * does not bear it, ALREADY_DECIDED.
 */
export async function decide(ctx: RequestContext, { caseId, report, verdict, reason }: Decide): Promise<Decision> {
  const why = freeText(reason, 'reason');
  const { subject, role, office } = ctx.viewer;
  const decidedAt = ctx.hub.now();
  return inUnit(ctx, 'decide', async (em, client) => {
    const { regionCode, householdId, applicantId } = await openCaseOf(em, caseId);
    await refuseOwnProcedure(em, caseId, 'DECIDE');
    const standing = await standingReport(client, caseId, beijingDay(decidedAt));
    if (standing?.hash !== report) throw new HubError('REPORT_STALE', 'report');
    if (standing.outdated) throw new HubError(standing.expired ? 'EVIDENCE_EXPIRED' : 'REPORT_STALE', 'report');
    if (standing.conclusion !== BORNE_BY[verdict]) throw new HubError('DECISION_UNFOUNDED', 'verdict');
    if (await em.count(Decision, { caseId, supersededAt: null })) throw new HubError('ALREADY_DECIDED', 'caseId');
    const decision = em.create(Decision, {
      ...{ id: randomUUID(), regionCode, householdId, caseId, verdict, reason: why },
      ...{ reportHash: report, reportIn: standing.crossCheckId, decidedAt },
      ...{ decidedBy: subject, role, office, supersededAt: null, supersededBy: null },
    });
    await em.persist(decision).flush();
    return Object.assign(decision, { personId: applicantId });
  });
}
