import { beijingDay } from '../access/day';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { batchOf, onAllocation, type OnBatch } from '../store/allocation/records';
import { AllocationBatchState, type AllocationBatch } from '../../schema/allocation/allocation-batch';

/** 结束分配批次: what was not done by now is lacking. Errors: NOT_FOUND, STALE_VERSION, FORBIDDEN, ILLEGAL_MOVE. */
export async function closeAllocationBatch(ctx: RequestContext, input: OnBatch): Promise<AllocationBatch> {
  return onAllocation(ctx, 'closeAllocationBatch', async (em) => {
    const batch = await batchOf(em, ctx.viewer, input);
    if (batch.state === AllocationBatchState.CLOSED) throw new HubError('ILLEGAL_MOVE', 'batchId');
    return Object.assign(batch, {
      ...{ state: AllocationBatchState.CLOSED, version: input.version + 1 },
      ...{ closedOn: beijingDay(ctx.hub.now()), closedBy: ctx.viewer.subject },
    });
  });
}
