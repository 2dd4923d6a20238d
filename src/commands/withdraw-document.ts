import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { applicationOf, onApplication } from '../store/admission/step';
import { ApplicationDocument, TAKEN_BACK_WHILE } from '../../schema/admission/document';

export interface WithdrawDocument {
  readonly documentId: string;
  readonly reason: string;
}

/** 撤回材料: before it is reviewed; record and file stay. Errors: NOT_FOUND, ILLEGAL_MOVE, INVALID_INPUT. */
export async function withdrawDocument(ctx: RequestContext, input: WithdrawDocument): Promise<ApplicationDocument> {
  const withdrawalReason = freeText(input.reason, 'reason');
  return onApplication(ctx, 'withdrawDocument', async (em) => {
    const found = await em.findOne(ApplicationDocument, { id: input.documentId });
    if (!found) throw new HubError('NOT_FOUND', 'documentId');
    if (found.withdrawnOn !== null) throw new HubError('ILLEGAL_MOVE', 'documentId', '材料已经撤回');
    const { state } = await applicationOf(em, found.applicationId);
    if (!TAKEN_BACK_WHILE.includes(state)) throw new HubError('ILLEGAL_MOVE', 'applicationId');
    em.assign(found, {
      ...{ withdrawnOn: beijingDay(ctx.hub.now()), withdrawnBy: ctx.viewer.subject, withdrawalReason },
    });
    await em.flush();
    return found;
  });
}
