import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { settleAgainNow } from '../queue/settle-again';
import { movePaper, paperToMove } from '../store/paper-evidence';
import { inUnit } from '../store/unit';
import { PaperState, type PaperEvidence } from '../../schema/sharing/paper-evidence';

export interface WithdrawEvidence {
  readonly id: string;
  readonly reason: string;
}

/** 撤回人工证据: from now it counts no more, whoever confirmed it. Errors: NOT_FOUND, CASE_CLOSED, INVALID_INPUT, ILLEGAL_MOVE. */
export async function withdrawEvidence(ctx: RequestContext, { id, reason }: WithdrawEvidence): Promise<PaperEvidence> {
  const why = freeText(reason, 'reason');
  const endedAt = ctx.hub.now();
  return inUnit(ctx, 'withdrawEvidence', async (em, client) => {
    const found = await paperToMove(em, client, id, beijingDay(endedAt));
    const how = { endedAt, endedBy: ctx.viewer.subject, reason: why };
    const paper = await movePaper(em, found, PaperState.WITHDRAWN, how);
    if (paper.settledAt) await client.query(settleAgainNow(paper.caseId));
    return paper;
  });
}
