import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { movePaper, paperToMove } from '../store/paper-evidence';
import { inUnit } from '../store/unit';
import { PaperState, type PaperEvidence } from '../../schema/sharing/paper-evidence';

export interface RejectEvidence {
  readonly id: string;
  readonly reason: string;
}

/**
 * 不予采信: the second person does not believe it and says why. Errors:
 * NOT_FOUND, CASE_CLOSED, INVALID_INPUT, SECOND_PERSON_REQUIRED, ILLEGAL_MOVE.
 */
export async function rejectEvidence(ctx: RequestContext, { id, reason }: RejectEvidence): Promise<PaperEvidence> {
  const why = freeText(reason, 'reason');
  const { subject: settledBy, role: settledRole, office: settledOffice } = ctx.viewer;
  const settledAt = ctx.hub.now();
  return inUnit(ctx, 'rejectEvidence', async (em, client) => {
    const found = await paperToMove(em, client, id, beijingDay(settledAt));
    if (found.paper.addedBy === settledBy) throw new HubError('SECOND_PERSON_REQUIRED', 'id');
    const how = { settledAt, settledBy, settledRole, settledOffice, reason: why };
    return movePaper(em, found, PaperState.REJECTED, how);
  });
}
