import type { EntityManager } from '@mikro-orm/postgresql';
import { takeWaitingStep, type Said } from './step';
import { WaitingListEntry, WaitingState } from '../../../schema/waiting/waiting-list-entry';
import { WaitingStepKind } from '../../../schema/waiting/waiting-step';

const OVER = [WaitingState.FULFILLED, WaitingState.REMOVED];

/** Whoever waits on an application waits no more. Of what it was given, others decide. */
export async function leaveQueue(
  ctx: Parameters<typeof takeWaitingStep>[0],
  em: EntityManager,
  applicationId: string,
  said: Said,
): Promise<void> {
  const entry = await em.findOne(WaitingListEntry, { applicationId, state: { $nin: OVER } });
  if (entry) await takeWaitingStep(ctx, em, entry, WaitingStepKind.REMOVAL, { ...said, version: entry.version });
}
