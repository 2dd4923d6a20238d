import { beijingDay } from '../access/day';
import { clause, guardOf } from '../clauses';
import type { RequestContext } from '../context';
import { closeItsCase } from '../store/close-its-case';
import { applicationOf, onApplication, takeStep, type OnApplication } from '../store/admission/step';
import { enterQueue } from '../store/waiting/enter';
import type { Application } from '../../schema/admission/application';
import { ApplicationStepKind } from '../../schema/admission/application-step';
import { CaseEnd } from '../../schema/housing/case';

/** 三审三公示: all of them, or no approval. */
const THREE_AND_THREE = guardOf(clause('IM-3.2', 'IM-3.C7', 'IM-3.D7'));

/**
 * 批准 [IM-3.2, IM-3.C7, IM-3.D7]: after three reviews and three publicities, and then only; the household waits 轮候 from that day on, the case is settled and its letters
 * end. Errors: NOT_FOUND,
 * STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL.
 */
export async function approveApplication(ctx: RequestContext, input: OnApplication): Promise<Application> {
  const { applicationId, version } = input;
  const approved = await onApplication(ctx, 'approveApplication', async (em, client) => {
    const application = await applicationOf(em, applicationId);
    const now = await takeStep(ctx, em, application, ApplicationStepKind.APPROVAL, { version });
    const today = beijingDay(ctx.hub.now());
    await enterQueue(em, client, now, today);
    await closeItsCase(em, application, CaseEnd.SETTLED, today);
    return now;
  });
  THREE_AND_THREE.let();
  return approved;
}
