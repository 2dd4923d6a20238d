import { clause, guardOf } from '../clauses';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { gapsOf } from '../store/admission/form';
import { stepOf, type OnApplication } from '../store/admission/step';
import type { Application } from '../../schema/admission/application';
import { ApplicationStepKind } from '../../schema/admission/application-step';

/** By the division's kind, and fixed from now on. */
const FLOW_CHOSEN = guardOf(clause('IM-3.3'));
/** 要件资料: all that the prefecture's form asks for. */
const COMPLETE = guardOf(clause('IM-4.3'));

/**
 * 提交申请 [IM-3.3, IM-6(1)]: by an adult, with a letter of all adult members, with nothing lacking. Fixes the flow. Errors: NOT_FOUND, STALE_VERSION,
 * ILLEGAL_MOVE, WRONG_LEVEL, APPLICATION_INCOMPLETE telling all that is lacking, PARAMETER_UNSET, MINOR_APPLICANT,
 * LETTER_NOT_COVERING.
 */
export async function submitApplication(ctx: RequestContext, input: OnApplication): Promise<Application> {
  const submitted = await stepOf(ctx, 'submitApplication', ApplicationStepKind.SUBMISSION, input).catch(
    async (error: unknown) => {
      throw error instanceof HubError && error.code === 'APPLICATION_INCOMPLETE'
        ? COMPLETE.refuse(await allGaps(ctx, input))
        : error;
    },
  );
  FLOW_CHOSEN.let();
  COMPLETE.let();
  return submitted;
}

/** 一次性告知: whatever is lacking, by its name. */
async function allGaps({ hub, viewer }: RequestContext, { applicationId }: OnApplication): Promise<HubError> {
  const gaps = await gapsOf(hub.db.app, viewer.regions, [applicationId], hub.now());
  return new HubError('APPLICATION_INCOMPLETE', 'applicationId', gaps.map(({ label }) => label).join('、'));
}
