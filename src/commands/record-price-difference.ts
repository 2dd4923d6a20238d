import type { RequestContext } from '../context';
import { enter, type Receipt } from '../store/tenancy/enter';
import type { Contract } from '../../schema/tenancy/contract';
import { RentEntryKind } from '../../schema/tenancy/rent-entry';

/** 登记收取补充差价 (IM-7.4). Errors: NOT_FOUND, ILLEGAL_MOVE, PERIOD_CLOSED, IDEMPOTENCY_CONFLICT, WRONG_LEVEL, INVALID_INPUT. */
export async function recordPriceDifference(ctx: RequestContext, receipt: Receipt): Promise<Contract> {
  return enter(ctx, 'recordPriceDifference', RentEntryKind.PRICE_DIFFERENCE, receipt);
}
