import type { RequestContext } from '../context';
import { allotmentStep, type OnAllotment } from '../store/tenancy/step';
import type { Allotment } from '../../schema/tenancy/allotment';
import { TenancyStepKind } from '../../schema/tenancy/tenancy-step';

/** 接受: the household waits no more. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL. */
export async function acceptDwelling(ctx: RequestContext, input: OnAllotment): Promise<Allotment> {
  return allotmentStep(ctx, 'acceptDwelling', TenancyStepKind.ACCEPTANCE, {
    id: input.allotmentId,
    version: input.version,
  });
}
