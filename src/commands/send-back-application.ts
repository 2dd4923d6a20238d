import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { stepOf, type OnApplication } from '../store/admission/step';
import type { Application } from '../../schema/admission/application';
import { ApplicationStepKind } from '../../schema/admission/application-step';
import { itsPublicity } from '../store/admission/publicity';

export interface SendBackApplication extends OnApplication {
  readonly reason: string;
}

/** 异议成立退回审核: the review is done anew, and so is its publicity. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL, INVALID_INPUT. */
export async function sendBackApplication(ctx: RequestContext, input: SendBackApplication): Promise<Application> {
  const note = freeText(input.reason, 'reason');
  return stepOf(ctx, 'sendBackApplication', ApplicationStepKind.SENT_BACK, input, async (application, em) => ({
    ...(await itsPublicity(application, em)),
    note,
  }));
}
