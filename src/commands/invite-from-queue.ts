import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { waitingStep, type OnEntry } from '../store/waiting/step';
import type { WaitingListEntry } from '../../schema/waiting/waiting-list-entry';
import { WaitingStepKind } from '../../schema/waiting/waiting-step';

export interface InviteFromQueue extends OnEntry {
  /** 批次: its name, until batches are records. */
  readonly batch: string;
}

/** 通知参加批次. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL, INVALID_INPUT. */
export async function inviteFromQueue(ctx: RequestContext, input: InviteFromQueue): Promise<WaitingListEntry> {
  const batch = freeText(input.batch, 'batch', 100);
  return waitingStep(ctx, 'inviteFromQueue', WaitingStepKind.INVITATION, input, { batch });
}
