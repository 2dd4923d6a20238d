import { beijingDay } from '../access/day';
import type { RequestContext } from '../context';
import { onAllocation, procedureOf, type OnProcedure } from '../store/allocation/records';
import { restsOnApproval } from '../store/allocation/refusals';
import { AllocationProcedureState, type AllocationProcedure } from '../../schema/allocation/allocation-procedure';

/**
 * 报同级人民政府批准 [GX-6.2.1(1)]: from here on its words stand. Errors: NOT_FOUND, STALE_VERSION, FORBIDDEN, ILLEGAL_MOVE,
 * LEGAL_BASIS_MISSING.
 */
export async function submitAllocationProcedure(ctx: RequestContext, input: OnProcedure): Promise<AllocationProcedure> {
  const submitted = await onAllocation(ctx, 'submitAllocationProcedure', async (em) =>
    Object.assign(await procedureOf(em, ctx.viewer, input), {
      state: AllocationProcedureState.SUBMITTED,
      edition: input.edition + 1,
      submittedOn: beijingDay(ctx.hub.now()),
      submittedBy: ctx.viewer.subject,
    }),
  );
  restsOnApproval();
  return submitted;
}
