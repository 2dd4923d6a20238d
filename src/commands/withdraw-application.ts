import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { closeItsCase } from '../store/close-its-case';
import { applicationOf, onApplication, takeStep, type OnApplication } from '../store/admission/step';
import type { Application } from '../../schema/admission/application';
import { ApplicationStepKind } from '../../schema/admission/application-step';
import { CaseEnd } from '../../schema/housing/case';

export interface WithdrawApplication extends OnApplication {
  readonly reason: string;
}

/** 撤回申请: at the applicant's word, before it is decided; the case ends with it. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL, INVALID_INPUT. */
export async function withdrawApplication(ctx: RequestContext, input: WithdrawApplication): Promise<Application> {
  const note = freeText(input.reason, 'reason');
  return onApplication(ctx, 'withdrawApplication', async (em) => {
    const application = await applicationOf(em, input.applicationId);
    const { version } = input;
    const now = await takeStep(ctx, em, application, ApplicationStepKind.WITHDRAWAL, { version, note });
    await closeItsCase(em, application, CaseEnd.SETTLED, beijingDay(ctx.hub.now()));
    return now;
  });
}
