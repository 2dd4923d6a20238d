import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { onApplication } from '../store/admission/step';
import { DOCUMENT_NUMBER } from '../store/paper';
import { ApplicationDocument, type DocumentCheck } from '../../schema/admission/document';

export interface VerifyDocument {
  readonly documentId: string;
  readonly issuedBy: string;
  readonly result: DocumentCheck;
  readonly checkedAgainst: string;
}

/**
 * 核验证明材料 [GX-10.2.2]: who issued it, and whether its source says the same. By another person than took it in; a later word takes
 * the place of an earlier one, which the write log keeps. Errors: NOT_FOUND, ILLEGAL_MOVE, SECOND_PERSON_REQUIRED, INVALID_INPUT.
 */
export async function verifyDocument(ctx: RequestContext, input: VerifyDocument): Promise<ApplicationDocument> {
  const told = {
    issuedBy: freeText(input.issuedBy, 'issuedBy', DOCUMENT_NUMBER),
    checkedAgainst: freeText(input.checkedAgainst, 'checkedAgainst', DOCUMENT_NUMBER),
  };
  return onApplication(ctx, 'verifyDocument', async (em) => {
    const found = await em.findOne(ApplicationDocument, { id: input.documentId });
    if (!found) throw new HubError('NOT_FOUND', 'documentId');
    if (found.withdrawnOn !== null) throw new HubError('ILLEGAL_MOVE', 'documentId', '材料已经撤回');
    const checked = { checkResult: input.result, checkedOn: beijingDay(ctx.hub.now()), checkedBy: ctx.viewer.subject };
    em.assign(found, { ...told, ...checked });
    await em.flush();
    return found;
  });
}
