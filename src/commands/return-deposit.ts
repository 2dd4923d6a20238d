import type { RequestContext } from '../context';
import { enter, type Receipt } from '../store/tenancy/enter';
import type { Contract } from '../../schema/tenancy/contract';
import { RentEntryKind } from '../../schema/tenancy/rent-entry';

/** 登记退还押金: once, after the dwelling was left. Errors: NOT_FOUND, ILLEGAL_MOVE, PERIOD_CLOSED, IDEMPOTENCY_CONFLICT, WRONG_LEVEL, INVALID_INPUT. */
export async function returnDeposit(ctx: RequestContext, receipt: Receipt): Promise<Contract> {
  return enter(ctx, 'returnDeposit', RentEntryKind.DEPOSIT_RETURNED, receipt);
}
