import { clause, guardOf } from '../clauses';
import type { RequestContext } from '../context';
import { stepOf, type OnApplication } from '../store/admission/step';
import type { Application } from '../../schema/admission/application';
import { ApplicationStepKind } from '../../schema/admission/application-step';

/** By the division's kind, and fixed from now on. */
const FLOW_CHOSEN = guardOf(clause('IM-3.3'));

/**
 * 提交申请 [IM-3.3, IM-6(1)]: by an adult, with a letter of all adult members. Fixes the flow. Errors: NOT_FOUND, STALE_VERSION,
 * ILLEGAL_MOVE, WRONG_LEVEL, MINOR_APPLICANT, LETTER_NOT_COVERING.
 */
export async function submitApplication(ctx: RequestContext, input: OnApplication): Promise<Application> {
  const submitted = await stepOf(ctx, 'submitApplication', ApplicationStepKind.SUBMISSION, input);
  FLOW_CHOSEN.let();
  return submitted;
}
