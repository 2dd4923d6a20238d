import { clause, guardOf } from '../clauses';
import type { RequestContext } from '../context';
import { itsPublicity } from '../store/admission/publicity';
import { stepOf, type OnApplication } from '../store/admission/step';
import type { Application } from '../../schema/admission/application';
import { ApplicationStepKind } from '../../schema/admission/application-step';

/** 公示无异议后方可报送. */
const WITHOUT_OBJECTION = guardOf(clause('IM-3.C3', 'IM-3.D2'));

/**
 * 公示无异议 [IM-3.C3, IM-3.D2]: sends the application on to the next review, after the third to approval. Errors: NOT_FOUND, STALE_VERSION,
 * ILLEGAL_MOVE, WRONG_LEVEL, OBJECTION_OPEN.
 */
export async function clearPublicity(ctx: RequestContext, input: OnApplication): Promise<Application> {
  const cleared = await stepOf(ctx, 'clearPublicity', ApplicationStepKind.CLEARANCE, input, itsPublicity);
  WITHOUT_OBJECTION.let();
  return cleared;
}
