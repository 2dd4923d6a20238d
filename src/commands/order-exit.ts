import { freeText } from '../access/free-text';
import { clause, guardOf } from '../clauses';
import type { RequestContext } from '../context';
import { DOCUMENT_NUMBER } from '../store/paper';
import { exitStep, type OnExit } from '../store/tenancy/step';
import type { ExitCase } from '../../schema/review/exit-case';
import { TenancyStepKind } from '../../schema/tenancy/tenancy-step';

export interface OrderExit extends OnExit {
  readonly documentNumber: string;
  readonly clauseId: string;
  readonly leaveBy: string;
}

/** 商民政等部门按合同约定责令其退出. */
const CARRIED_OUT = guardOf(clause('IM-7.8'));

/** 责令退出 [IM-7.8]: after civil affairs was consulted, by a clause of the contract, by another person than who heard, with a day to leave by. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL, SECOND_PERSON_REQUIRED, NOT_CONSULTED, INVALID_INPUT. */
export async function orderExit(ctx: RequestContext, input: OrderExit): Promise<ExitCase> {
  const documentNumber = freeText(input.documentNumber, 'documentNumber', DOCUMENT_NUMBER);
  const done = await exitStep(
    ctx,
    'orderExit',
    TenancyStepKind.ORDER,
    { id: input.exitId, version: input.version },
    { documentNumber, clauseId: freeText(input.clauseId, 'clauseId'), dueOn: input.leaveBy },
  );
  CARRIED_OUT.let();
  return done;
}
