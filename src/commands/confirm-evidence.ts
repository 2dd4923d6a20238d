import { beijingDay } from '../access/day';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { settleAgainNow } from '../queue/settle-again';
import { movePaper, paperToMove } from '../store/paper-evidence';
import { inUnit } from '../store/unit';
import { PaperState, type PaperEvidence } from '../../schema/sharing/paper-evidence';

/**
 * 确认人工证据: the second person holds the finding for passed by it; the report is settled again. Errors: NOT_FOUND, CASE_CLOSED,
 * SECOND_PERSON_REQUIRED, ILLEGAL_MOVE, EVIDENCE_EXPIRED.
 */
export async function confirmEvidence(ctx: RequestContext, { id }: { readonly id: string }): Promise<PaperEvidence> {
  const { subject: settledBy, role: settledRole, office: settledOffice } = ctx.viewer;
  const settledAt = ctx.hub.now();
  const today = beijingDay(settledAt);
  return inUnit(ctx, 'confirmEvidence', async (em, client) => {
    const found = await paperToMove(em, client, id, today);
    if (found.paper.addedBy === settledBy) throw new HubError('SECOND_PERSON_REQUIRED', 'id');
    if (found.paper.validUntil < today) throw new HubError('EVIDENCE_EXPIRED', 'id');
    const how = { settledAt, settledBy, settledRole, settledOffice };
    const paper = await movePaper(em, found, PaperState.CONFIRMED, how);
    await client.query(settleAgainNow(paper.caseId));
    return paper;
  });
}
