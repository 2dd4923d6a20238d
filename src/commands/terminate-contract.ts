import { freeText } from '../access/free-text';
import { clause, guardOf } from '../clauses';
import type { RequestContext } from '../context';
import { DOCUMENT_NUMBER } from '../store/paper';
import { contractStep, type OnContract } from '../store/tenancy/step';
import type { Contract } from '../../schema/tenancy/contract';
import { TenancyStepKind } from '../../schema/tenancy/tenancy-step';

export interface TerminateContract extends OnContract {
  readonly clauseId: string;
  readonly reason: string;
  readonly documentNumber: string;
}

/** 以及退出条款: whoever terminates cites one. */
const CARRIED_OUT = guardOf(clause('IM-4.14'));

/** 终止合同 [IM-4.14]: by an exit clause of the version that was signed; whoever lives there has to leave. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL, INVALID_INPUT. */
export async function terminateContract(ctx: RequestContext, input: TerminateContract): Promise<Contract> {
  const note = freeText(input.reason, 'reason');
  const documentNumber = freeText(input.documentNumber, 'documentNumber', DOCUMENT_NUMBER);
  const done = await contractStep(
    ctx,
    'terminateContract',
    TenancyStepKind.TERMINATION,
    { id: input.contractId, version: input.version },
    { note, documentNumber, clauseId: input.clauseId },
  );
  CARRIED_OUT.let();
  return done;
}
