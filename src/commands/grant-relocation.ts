import type { RequestContext } from '../context';
import { exitStep, type OnExit } from '../store/tenancy/step';
import type { ExitCase } from '../../schema/review/exit-case';
import { TenancyStepKind } from '../../schema/tenancy/tenancy-step';

export interface GrantRelocation extends OnExit {
  readonly until: string;
}

/** 搬迁期: until a day, at the rent of the contract. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL, INVALID_INPUT. */
export async function grantRelocation(ctx: RequestContext, input: GrantRelocation): Promise<ExitCase> {
  return exitStep(
    ctx,
    'grantRelocation',
    TenancyStepKind.RELOCATION,
    { id: input.exitId, version: input.version },
    { dueOn: input.until },
  );
}
