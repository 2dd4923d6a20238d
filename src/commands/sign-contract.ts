import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { DOCUMENT_NUMBER } from '../store/paper';
import { contractStep, type OnContract } from '../store/tenancy/step';
import type { Contract } from '../../schema/tenancy/contract';
import { TenancyStepKind } from '../../schema/tenancy/tenancy-step';

export interface SignContract extends OnContract {
  /** 合同编号. */
  readonly documentNumber: string;
}

/** 签订合同, under its number; a renewal takes the place of what it renews. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL, INVALID_INPUT. */
export async function signContract(ctx: RequestContext, input: SignContract): Promise<Contract> {
  const documentNumber = freeText(input.documentNumber, 'documentNumber', DOCUMENT_NUMBER);
  return contractStep(
    ctx,
    'signContract',
    TenancyStepKind.SIGNING,
    { id: input.contractId, version: input.version },
    { documentNumber },
  );
}
