import { clause, guardOf } from '../clauses';
import type { RequestContext } from '../context';
import { draw, type Terms } from '../store/tenancy/draw';
import { inScopeOf, onTenancy } from '../store/tenancy/step';
import { Allotment } from '../../schema/tenancy/allotment';
import type { Contract } from '../../schema/tenancy/contract';

export interface DrawContract extends Omit<Terms, 'endsOn' | 'priceFen'> {
  readonly allotmentId: string;
  /** Of a lease. */
  readonly endsOn?: string | null;
  /** Of a sale. */
  readonly priceFen?: number | null;
}

/** 凡通过审核已纳入住房保障范围的家庭: whoever has accepted, and nobody else. */
const APPROVED = guardOf(clause('IM-4.10'));

/**
 * 草拟合同 [IM-4.9, 4.10, 4.11]: of a dwelling that was accepted, on the version in force, with its manager or its owner. Errors: NOT_FOUND,
 * ILLEGAL_MOVE, PARAMETER_UNSET, INVALID_INPUT.
 */
export async function drawContract(ctx: RequestContext, input: DrawContract): Promise<Contract> {
  const { allotmentId, partyKind, party, startsOn, endsOn = null, priceFen = null } = input;
  const drawn = await onTenancy(ctx, 'drawContract', 'allotmentId', async (em, client) => {
    const { regionCode, householdId, dwellingId, programme } = await inScopeOf(
      em,
      Allotment,
      allotmentId,
      'allotmentId',
    );
    const of = { regionCode, householdId, allotmentId, dwellingId, programme, predecessorId: null };
    return draw(ctx, em, client, of, { partyKind, party, startsOn, endsOn, priceFen });
  });
  APPROVED.let();
  return drawn;
}
