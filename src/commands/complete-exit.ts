import { clause, guardOf } from '../clauses';
import type { RequestContext } from '../context';
import { exitStep, type OnExit } from '../store/tenancy/step';
import type { ExitCase, ExitOutcome } from '../../schema/review/exit-case';
import { TenancyStepKind } from '../../schema/tenancy/tenancy-step';

export interface CompleteExit extends OnExit {
  readonly outcome: ExitOutcome;
  /** 回购价款. */
  readonly priceFen?: number | null;
}

/** 收回承租的或进行回购 [IM-7.9]. */
const TAKEN_BACK = guardOf(clause('IM-7.9'));

/**
 * 腾退办结 [IM-7.9]: what was let is recovered, what was sold is bought back at a price; contract, occupancy and entitlement end, and the dwelling
 * waits for somebody else. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL, INVALID_INPUT.
 */
export async function completeExit(ctx: RequestContext, input: CompleteExit): Promise<ExitCase> {
  const { exitId: id, version, outcome, priceFen: amountFen = null } = input;
  const done = await exitStep(ctx, 'completeExit', TenancyStepKind[outcome], { id, version }, { amountFen });
  TAKEN_BACK.let();
  return done;
}
