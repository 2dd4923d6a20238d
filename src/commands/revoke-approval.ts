import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { stepOf, type OnApplication } from '../store/admission/step';
import { DOCUMENT_NUMBER } from '../store/paper';
import type { Application } from '../../schema/admission/application';
import { ApplicationStepKind } from '../../schema/admission/application-step';

export interface RevokeApproval extends OnApplication {
  readonly reasons: string;
  /** 处理决定文号. */
  readonly documentNumber: string;
}

/** 撤销批准: where it was obtained by fraud. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL, INVALID_INPUT. */
export async function revokeApproval(ctx: RequestContext, input: RevokeApproval): Promise<Application> {
  const note = freeText(input.reasons, 'reasons');
  const documentNumber = freeText(input.documentNumber, 'documentNumber', DOCUMENT_NUMBER);
  return stepOf(ctx, 'revokeApproval', ApplicationStepKind.REVOCATION, input, () => ({ note, documentNumber }));
}
