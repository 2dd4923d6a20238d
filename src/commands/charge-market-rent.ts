import type { RequestContext } from '../context';
import { exitStep, type OnExit } from '../store/tenancy/step';
import type { ExitCase } from '../../schema/review/exit-case';
import { TenancyStepKind } from '../../schema/tenancy/tenancy-step';

/** 按市场租金收取: from the day after the time to move. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL. */
export async function chargeMarketRent(ctx: RequestContext, input: OnExit): Promise<ExitCase> {
  return exitStep(ctx, 'chargeMarketRent', TenancyStepKind.MARKET_RENT, { id: input.exitId, version: input.version });
}
