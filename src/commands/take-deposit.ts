import type { RequestContext } from '../context';
import { enter, type Receipt } from '../store/tenancy/enter';
import type { Contract } from '../../schema/tenancy/contract';
import { RentEntryKind } from '../../schema/tenancy/rent-entry';

/** 登记收取押金: as the contract names it, once. Errors: NOT_FOUND, ILLEGAL_MOVE, PERIOD_CLOSED, IDEMPOTENCY_CONFLICT, WRONG_LEVEL, INVALID_INPUT. */
export async function takeDeposit(ctx: RequestContext, receipt: Receipt): Promise<Contract> {
  return enter(ctx, 'takeDeposit', RentEntryKind.DEPOSIT_TAKEN, receipt);
}
