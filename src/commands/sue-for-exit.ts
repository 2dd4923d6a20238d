import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { DOCUMENT_NUMBER } from '../store/paper';
import { exitStep, type OnExit } from '../store/tenancy/step';
import type { ExitCase } from '../../schema/review/exit-case';
import { TenancyStepKind } from '../../schema/tenancy/tenancy-step';

export interface SueForExit extends OnExit {
  /** 案号. */
  readonly documentNumber: string;
}

/** 向人民法院起诉. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL, INVALID_INPUT. */
export async function sueForExit(ctx: RequestContext, input: SueForExit): Promise<ExitCase> {
  const documentNumber = freeText(input.documentNumber, 'documentNumber', DOCUMENT_NUMBER);
  return exitStep(
    ctx,
    'sueForExit',
    TenancyStepKind.COURT,
    { id: input.exitId, version: input.version },
    { documentNumber },
  );
}
