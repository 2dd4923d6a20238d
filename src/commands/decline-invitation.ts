import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { waitingStep, type OnEntry } from '../store/waiting/step';
import type { WaitingListEntry } from '../../schema/waiting/waiting-list-entry';
import { WaitingStepKind } from '../../schema/waiting/waiting-step';

export interface DeclineInvitation extends OnEntry {
  readonly reason: string;
  /** 暂缓至. */
  readonly deferUntil?: string | null;
}

/** 放弃: counts as a refusal, deferred or not; at the limit of the region the household leaves the queue. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL, PARAMETER_UNSET, INVALID_INPUT. */
export async function declineInvitation(ctx: RequestContext, input: DeclineInvitation): Promise<WaitingListEntry> {
  const note = freeText(input.reason, 'reason');
  const deferredUntil = input.deferUntil ?? null;
  const kind = deferredUntil === null ? WaitingStepKind.DECLINE : WaitingStepKind.DEFERRAL;
  return waitingStep(ctx, 'declineInvitation', kind, input, { note, deferredUntil });
}
