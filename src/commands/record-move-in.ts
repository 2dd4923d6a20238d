import type { RequestContext } from '../context';
import { occupancyStep, type OnOccupancy } from '../store/tenancy/step';
import type { Occupancy } from '../../schema/tenancy/occupancy';
import { TenancyStepKind } from '../../schema/tenancy/tenancy-step';

/** 登记入住. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL. */
export async function recordMoveIn(ctx: RequestContext, input: OnOccupancy): Promise<Occupancy> {
  return occupancyStep(ctx, 'recordMoveIn', TenancyStepKind.MOVE_IN, { id: input.occupancyId, version: input.version });
}
