import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { waitingStep, type OnEntry } from '../store/waiting/step';
import type { WaitingListEntry } from '../../schema/waiting/waiting-list-entry';
import { WaitingStepKind } from '../../schema/waiting/waiting-step';

export interface ResumeInQueue extends OnEntry {
  readonly reason: string;
}

/** 恢复轮候 after a suspension. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL, INVALID_INPUT. */
export async function resumeInQueue(ctx: RequestContext, input: ResumeInQueue): Promise<WaitingListEntry> {
  const note = freeText(input.reason, 'reason');
  return waitingStep(ctx, 'resumeInQueue', WaitingStepKind.RESUMPTION, input, { note });
}
