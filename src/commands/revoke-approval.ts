import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { applicationOf, onApplication, takeStep, type OnApplication } from '../store/admission/step';
import { DOCUMENT_NUMBER } from '../store/paper';
import { leaveQueue } from '../store/waiting/leave';
import type { Application } from '../../schema/admission/application';
import { ApplicationStepKind } from '../../schema/admission/application-step';

export interface RevokeApproval extends OnApplication {
  readonly reasons: string;
  /** 处理决定文号. */
  readonly documentNumber: string;
}

/** 撤销批准: where it was obtained by fraud; who waits on it leaves the queue. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL, INVALID_INPUT. */
export async function revokeApproval(ctx: RequestContext, input: RevokeApproval): Promise<Application> {
  const { applicationId, version } = input;
  const note = freeText(input.reasons, 'reasons');
  const documentNumber = freeText(input.documentNumber, 'documentNumber', DOCUMENT_NUMBER);
  return onApplication(ctx, 'revokeApproval', async (em) => {
    const application = await applicationOf(em, applicationId);
    const said = { version, note, documentNumber };
    const now = await takeStep(ctx, em, application, ApplicationStepKind.REVOCATION, said);
    await leaveQueue(ctx, em, applicationId, { note, documentNumber });
    return now;
  });
}
