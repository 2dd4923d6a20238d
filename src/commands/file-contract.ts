import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { DOCUMENT_NUMBER } from '../store/paper';
import { contractStep, type OnContract } from '../store/tenancy/step';
import type { Contract } from '../../schema/tenancy/contract';
import { TenancyStepKind } from '../../schema/tenancy/tenancy-step';

export interface FileContract extends OnContract {
  /** 备案回执号. */
  readonly documentNumber: string;
}

/** 合同备案: under the number of its receipt. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL, INVALID_INPUT. */
export async function fileContract(ctx: RequestContext, input: FileContract): Promise<Contract> {
  const documentNumber = freeText(input.documentNumber, 'documentNumber', DOCUMENT_NUMBER);
  return contractStep(
    ctx,
    'fileContract',
    TenancyStepKind.FILING,
    { id: input.contractId, version: input.version },
    { documentNumber },
  );
}
