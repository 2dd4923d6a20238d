import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { DOCUMENT_NUMBER } from '../store/paper';
import { allotmentStep, type OnAllotment } from '../store/tenancy/step';
import type { Allotment } from '../../schema/tenancy/allotment';
import { TenancyStepKind } from '../../schema/tenancy/tenancy-step';

export interface VoidAllotment extends OnAllotment {
  readonly reason: string;
  /** 决定文号. */
  readonly documentNumber: string;
}

/** 作废: by a decision; the household waits again, from the day of its approval. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL, INVALID_INPUT. */
export async function voidAllotment(ctx: RequestContext, input: VoidAllotment): Promise<Allotment> {
  const note = freeText(input.reason, 'reason');
  const documentNumber = freeText(input.documentNumber, 'documentNumber', DOCUMENT_NUMBER);
  return allotmentStep(
    ctx,
    'voidAllotment',
    TenancyStepKind.VOIDING,
    { id: input.allotmentId, version: input.version },
    { note, documentNumber },
  );
}
