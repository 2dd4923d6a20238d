import { beijingDay, dayAfter } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { stepOf, type OnApplication } from '../store/admission/step';
import { parameterInForce } from '../store/parameter-in-force';
import type { Application } from '../../schema/admission/application';
import { ApplicationStep, ApplicationStepKind } from '../../schema/admission/application-step';

export interface AppealRefusal extends OnApplication {
  readonly grounds: string;
}

/** 申诉: against a refusal, within the time that the region gives. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL, APPEAL_LATE, PARAMETER_UNSET, INVALID_INPUT. */
export async function appealRefusal(ctx: RequestContext, input: AppealRefusal): Promise<Application> {
  const note = freeText(input.grounds, 'grounds');
  return stepOf(ctx, 'appealRefusal', ApplicationStepKind.APPEAL, input, async ({ id, regionCode }, em, client) => {
    const now = ctx.hub.now();
    const where = { applicationId: id, kind: ApplicationStepKind.REJECTION };
    const [refused] = await em.find(ApplicationStep, where, { orderBy: { version: 'desc' }, limit: 1 });
    const days = await parameterInForce(client, 'appeal.days', regionCode, beijingDay(now), now);
    if (refused && beijingDay(now) > dayAfter(refused.onDay, days)) throw new HubError('APPEAL_LATE', 'applicationId');
    return { note };
  });
}
