import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { stepOf, type OnApplication } from '../store/admission/step';
import type { Application } from '../../schema/admission/application';
import { ApplicationStepKind } from '../../schema/admission/application-step';

export interface RejectApplication extends OnApplication {
  /** The written reasons, as the applicant gets them. */
  readonly reasons: string;
}

/** 审核不通过: with written reasons; the case stays open for an appeal. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL, INVALID_INPUT. */
export async function rejectApplication(ctx: RequestContext, input: RejectApplication): Promise<Application> {
  const note = freeText(input.reasons, 'reasons');
  return stepOf(ctx, 'rejectApplication', ApplicationStepKind.REJECTION, input, () => ({ note }));
}
