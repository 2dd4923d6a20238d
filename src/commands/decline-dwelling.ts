import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { allotmentStep, type OnAllotment } from '../store/tenancy/step';
import type { Allotment } from '../../schema/tenancy/allotment';
import { TenancyStepKind } from '../../schema/tenancy/tenancy-step';

export interface DeclineDwelling extends OnAllotment {
  readonly reason: string;
}

/** 放弃: counts in the queue like every refusal. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL, INVALID_INPUT. */
export async function declineDwelling(ctx: RequestContext, input: DeclineDwelling): Promise<Allotment> {
  const note = freeText(input.reason, 'reason');
  return allotmentStep(
    ctx,
    'declineDwelling',
    TenancyStepKind.DECLINE,
    { id: input.allotmentId, version: input.version },
    { note },
  );
}
