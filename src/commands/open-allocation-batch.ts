import { randomUUID } from 'node:crypto';
import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { onAllocation, procedureOf, type OnProcedure } from '../store/allocation/records';
import { restsOnApproval } from '../store/allocation/refusals';
import { AllocationBatch, AllocationBatchState } from '../../schema/allocation/allocation-batch';

export interface OpenAllocationBatch extends OnProcedure {
  /** 批次名称, as '2027年第一批'. */
  readonly name: string;
}

const NAME = 60;

/**
 * 开启分配批次 [GX-6.2.1(1)]: today, of the procedure's own region, on the version that its government has approved and that is in
 * force. Errors: NOT_FOUND, STALE_VERSION, FORBIDDEN, PROCEDURE_NOT_IN_FORCE, INVALID_INPUT.
 */
export async function openAllocationBatch(ctx: RequestContext, input: OpenAllocationBatch): Promise<AllocationBatch> {
  const { hub, viewer } = ctx;
  const opened = await onAllocation(ctx, 'openAllocationBatch', async (em) => {
    const { id: procedureId, regionCode } = await procedureOf(em, viewer, input);
    return em.create(
      AllocationBatch,
      {
        ...{ id: randomUUID(), regionCode, procedureId, name: freeText(input.name, 'name', NAME) },
        ...{ state: AllocationBatchState.OPEN, version: 0 },
        ...{ openedOn: beijingDay(hub.now()), openedAt: hub.now(), openedBy: viewer.subject },
      },
      { persist: true },
    );
  });
  restsOnApproval();
  return opened;
}
