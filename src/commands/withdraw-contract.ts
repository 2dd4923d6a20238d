import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { contractStep, type OnContract } from '../store/tenancy/step';
import type { Contract } from '../../schema/tenancy/contract';
import { TenancyStepKind } from '../../schema/tenancy/tenancy-step';

export interface WithdrawContract extends OnContract {
  readonly reason: string;
}

/** 撤回草拟的合同: before anybody signed. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL, INVALID_INPUT. */
export async function withdrawContract(ctx: RequestContext, input: WithdrawContract): Promise<Contract> {
  const note = freeText(input.reason, 'reason');
  return contractStep(
    ctx,
    'withdrawContract',
    TenancyStepKind.WITHDRAWAL,
    { id: input.contractId, version: input.version },
    { note },
  );
}
