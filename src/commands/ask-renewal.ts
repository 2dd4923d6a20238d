import type { RequestContext } from '../context';
import { contractStep, type OnContract } from '../store/tenancy/step';
import type { Contract } from '../../schema/tenancy/contract';
import { TenancyStepKind } from '../../schema/tenancy/tenancy-step';

/** 申请续租: so many months before the end. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, RENEWAL_LATE, WRONG_LEVEL. */
export async function askRenewal(ctx: RequestContext, input: OnContract): Promise<Contract> {
  return contractStep(ctx, 'askRenewal', TenancyStepKind.RENEWAL_REQUEST, {
    id: input.contractId,
    version: input.version,
  });
}
