import { LockMode } from '@mikro-orm/core';
import { beijingDay } from '../access/day';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { inUnit } from '../store/unit';
import { Case } from '../../schema/housing/case';
import { Letter, LetterEnd } from '../../schema/sharing/letter';

/** 结案: closes a case today and ends its letters; every purpose that hangs on them dies. Errors: NOT_FOUND, CASE_CLOSED. */
export async function closeCase(ctx: RequestContext, { caseId }: { readonly caseId: string }): Promise<Case> {
  const today = beijingDay(ctx.hub.now());
  return inUnit(ctx, 'closeCase', async (em) => {
    const closing = await em.findOne(Case, { id: caseId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!closing) throw new HubError('NOT_FOUND', 'caseId');
    if (closing.closedOn) throw new HubError('CASE_CLOSED', 'caseId');
    closing.closedOn = today;
    for (const letter of await em.find(Letter, { caseId, endedOn: null })) {
      letter.endedOn = today;
      letter.endReason = LetterEnd.CASE_CLOSED;
    }
    return closing;
  });
}
