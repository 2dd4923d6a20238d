import { LockMode } from '@mikro-orm/core';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { settleMatchedAgainNow } from '../queue/settle-again';
import { inUnit } from '../store/unit';
import { IdentityMatch, MatchState, type MatchVerdict } from '../../schema/housing/identity-match';

export interface ReviewIdentityMatch {
  readonly id: string;
  readonly verdict: MatchVerdict;
  readonly reason: string;
}

/**
 * 核实疑似同一人: says whether two persons are one, and merges nothing; what was reported of either is judged again on it. By another officer than the one who registered either; a review is
 * overruled by a third one, with the other verdict. Errors: NOT_FOUND, INVALID_INPUT naming `reason`, SECOND_PERSON_REQUIRED, ILLEGAL_MOVE.
 */
export async function reviewIdentityMatch(ctx: RequestContext, input: ReviewIdentityMatch): Promise<IdentityMatch> {
  const { subject: reviewedBy, role: reviewedRole, office: reviewedOffice } = ctx.viewer;
  const reason = freeText(input.reason, 'reason');
  const state = MatchState[input.verdict];
  return inUnit(ctx, 'reviewIdentityMatch', async (em, client) => {
    const match = await em.findOne(IdentityMatch, { id: input.id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!match) throw new HubError('NOT_FOUND', 'id');
    if (match.state === state) throw new HubError('ILLEGAL_MOVE', 'id');
    if ([...match.registeredBy, match.reviewedBy].includes(reviewedBy))
      throw new HubError('SECOND_PERSON_REQUIRED', 'id');
    const reviewed = { reviewedAt: ctx.hub.now(), reviewedBy, reviewedRole, reviewedOffice };
    Object.assign(match, { state, reason, ...reviewed });
    await em.flush();
    await client.query(settleMatchedAgainNow(match.id));
    return match;
  });
}
