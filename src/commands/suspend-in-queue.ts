import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { waitingStep, type OnEntry } from '../store/waiting/step';
import type { WaitingListEntry } from '../../schema/waiting/waiting-list-entry';
import { WaitingStepKind } from '../../schema/waiting/waiting-step';

export interface SuspendInQueue extends OnEntry {
  readonly reason: string;
}

/** 中止轮候: the re-check did not pass. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL, INVALID_INPUT. */
export async function suspendInQueue(ctx: RequestContext, input: SuspendInQueue): Promise<WaitingListEntry> {
  const note = freeText(input.reason, 'reason');
  return waitingStep(ctx, 'suspendInQueue', WaitingStepKind.SUSPENSION, input, { note });
}
