import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { DOCUMENT_NUMBER } from '../store/paper';
import { waitingStep, type OnEntry } from '../store/waiting/step';
import type { WaitingListEntry } from '../../schema/waiting/waiting-list-entry';
import { WaitingStepKind } from '../../schema/waiting/waiting-step';

export interface RemoveFromQueue extends OnEntry {
  readonly reason: string;
  /** 决定文号. */
  readonly documentNumber: string;
}

/** 退出轮候 by decision. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL, INVALID_INPUT. */
export async function removeFromQueue(ctx: RequestContext, input: RemoveFromQueue): Promise<WaitingListEntry> {
  const [note, documentNumber] = [
    freeText(input.reason, 'reason'),
    freeText(input.documentNumber, 'documentNumber', DOCUMENT_NUMBER),
  ];
  return waitingStep(ctx, 'removeFromQueue', WaitingStepKind.REMOVAL, input, { note, documentNumber });
}
