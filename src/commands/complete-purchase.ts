import { freeText } from '../access/free-text';
import { clause, guardOf } from '../clauses';
import type { RequestContext } from '../context';
import { DOCUMENT_NUMBER } from '../store/paper';
import { contractStep, type OnContract } from '../store/tenancy/step';
import type { Contract } from '../../schema/tenancy/contract';
import { TenancyStepKind } from '../../schema/tenancy/tenancy-step';

export interface CompletePurchase extends OnContract {
  /** 购买合同编号. */
  readonly documentNumber: string;
}

/** 或补充差价购买: recorded and paid, or not bought. */
const CARRIED_OUT = guardOf(clause('IM-7.4-b'));

/** 补充差价购买 [IM-7.4-b]: after the decision was executed, and the whole difference it names was paid. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL, INVALID_INPUT. */
export async function completePurchase(ctx: RequestContext, input: CompletePurchase): Promise<Contract> {
  const documentNumber = freeText(input.documentNumber, 'documentNumber', DOCUMENT_NUMBER);
  const done = await contractStep(
    ctx,
    'completePurchase',
    TenancyStepKind.PURCHASE,
    { id: input.contractId, version: input.version },
    { documentNumber },
  );
  CARRIED_OUT.let();
  return done;
}
