import { clause, guardOf } from '../clauses';
import type { RequestContext } from '../context';
import { allotmentStep, type OnAllotment } from '../store/tenancy/step';
import type { Allotment } from '../../schema/tenancy/allotment';
import { TenancyStepKind } from '../../schema/tenancy/tenancy-step';

/** 在配租或配售前均要签订合同. */
const CARRIED_OUT = guardOf(clause('IM-4.9'));

/** 交付 [IM-4.9]: never before a contract is signed; from that day on the household occupies the dwelling, holds its security, and owes rent. Errors: NOT_FOUND, STALE_VERSION, CONTRACT_REQUIRED, ILLEGAL_MOVE, WRONG_LEVEL. */
export async function handOverDwelling(ctx: RequestContext, input: OnAllotment): Promise<Allotment> {
  const done = await allotmentStep(ctx, 'handOverDwelling', TenancyStepKind.HANDOVER, {
    id: input.allotmentId,
    version: input.version,
  });
  CARRIED_OUT.let();
  return done;
}
