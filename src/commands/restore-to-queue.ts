import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { DOCUMENT_NUMBER } from '../store/paper';
import { waitingStep, type OnEntry } from '../store/waiting/step';
import type { WaitingListEntry } from '../../schema/waiting/waiting-list-entry';
import { WaitingStepKind } from '../../schema/waiting/waiting-step';

export interface RestoreToQueue extends OnEntry {
  readonly reason: string;
  /** 取消批次的文号. */
  readonly documentNumber: string;
}

/** 批次取消，恢复轮候: from the day of the approval, as if there had been no batch. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL, INVALID_INPUT. */
export async function restoreToQueue(ctx: RequestContext, input: RestoreToQueue): Promise<WaitingListEntry> {
  const note = freeText(input.reason, 'reason');
  const documentNumber = freeText(input.documentNumber, 'documentNumber', DOCUMENT_NUMBER);
  return waitingStep(ctx, 'restoreToQueue', WaitingStepKind.RESTORATION, input, { note, documentNumber });
}
