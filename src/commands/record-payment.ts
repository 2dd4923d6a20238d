import type { RequestContext } from '../context';
import { enter, type Receipt } from '../store/tenancy/enter';
import type { Contract } from '../../schema/tenancy/contract';
import { RentEntryKind } from '../../schema/tenancy/rent-entry';

/** 登记实收租金: what is paid counts for the oldest month first. Errors: NOT_FOUND, ILLEGAL_MOVE, PERIOD_CLOSED, IDEMPOTENCY_CONFLICT, WRONG_LEVEL, INVALID_INPUT. */
export async function recordPayment(ctx: RequestContext, receipt: Receipt): Promise<Contract> {
  return enter(ctx, 'recordPayment', RentEntryKind.PAYMENT, receipt);
}
