import type { RequestContext } from '../context';
import { occupancyStep, type OnOccupancy } from '../store/tenancy/step';
import type { Occupancy } from '../../schema/tenancy/occupancy';
import { TenancyStepKind } from '../../schema/tenancy/tenancy-step';

/** 登记腾退: the contract was terminated and the household has left; the dwelling is recovered. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL. */
export async function recordVacation(ctx: RequestContext, input: OnOccupancy): Promise<Occupancy> {
  return occupancyStep(ctx, 'recordVacation', TenancyStepKind.VACATION, {
    id: input.occupancyId,
    version: input.version,
  });
}
