import { dayAfter } from '../access/day';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { draw, type Terms } from '../store/tenancy/draw';
import { inScopeOf, onTenancy, type OnContract } from '../store/tenancy/step';
import { Contract } from '../../schema/tenancy/contract';

export interface RenewContract extends OnContract, Pick<Terms, 'partyKind' | 'party'> {
  readonly endsOn: string;
}

/**
 * 续签: draws the contract that follows one, from the day after its end, where renewal was asked for and a report since then says that the household is
 * eligible. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, REPORT_STALE, PARAMETER_UNSET, INVALID_INPUT.
 */
export async function renewContract(ctx: RequestContext, input: RenewContract): Promise<Contract> {
  const { contractId, version, partyKind, party, endsOn } = input;
  return onTenancy(ctx, 'renewContract', 'contractId', async (em, client) => {
    const before = await inScopeOf(em, Contract, contractId, 'contractId');
    if (before.version !== version) throw new HubError('STALE_VERSION', 'version');
    const { regionCode, householdId, allotmentId, dwellingId, programme } = before;
    if (before.endsOn === null) throw new HubError('ILLEGAL_MOVE', 'contractId');
    const of = { regionCode, householdId, allotmentId, dwellingId, programme, predecessorId: before.id };
    return draw(ctx, em, client, of, {
      partyKind,
      party,
      startsOn: dayAfter(before.endsOn, 1),
      endsOn,
      priceFen: null,
    });
  });
}
