import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { exitStep, type OnExit } from '../store/tenancy/step';
import type { ExitCase } from '../../schema/review/exit-case';
import { TenancyStepKind } from '../../schema/tenancy/tenancy-step';

export interface HearExit extends OnExit {
  /** 记录. */
  readonly record: string;
}

/** 听取意见: what the household says to its exit. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL, INVALID_INPUT. */
export async function hearExit(ctx: RequestContext, input: HearExit): Promise<ExitCase> {
  const note = freeText(input.record, 'record');
  return exitStep(ctx, 'hearExit', TenancyStepKind.HEARING, { id: input.exitId, version: input.version }, { note });
}
