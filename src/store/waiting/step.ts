import { randomUUID } from 'node:crypto';
import type { EntityManager, RequiredEntityData } from '@mikro-orm/postgresql';
import { beijingDay } from '../../access/day';
import type { Session } from '../../access/session';
import { HubError } from '../../errors';
import { inUnit, type Work } from '../unit';
import { toldOfWaiting } from './refusals';
import type { HUB } from '../../../schema/admission/moves';
import { WaitingListEntry } from '../../../schema/waiting/waiting-list-entry';
import { WaitingStep, type WaitingStepKind } from '../../../schema/waiting/waiting-step';

/** Which entry, as the caller has seen it: somebody who was faster makes it STALE_VERSION. */
export interface OnEntry {
  readonly entryId: string;
  readonly version: number;
}

type Acting = Parameters<typeof inUnit>[0] & Pick<Session, 'viewer'> & { readonly hub: { readonly now: () => Date } };

/** What a step says; `as`: the hub's own, by the clock. */
export type Said = Partial<Pick<WaitingStep, 'batch' | 'deferredUntil' | 'documentNumber' | 'note'>> & {
  readonly as?: typeof HUB;
};

/** One transaction about an entry; what the database refuses is told in the words of the catalogue. */
export const onEntry = async <T>(ctx: Acting, verb: string, work: Work<T>): Promise<T> =>
  inUnit(ctx, verb, work).catch((error: unknown) => {
    throw toldOfWaiting(error);
  });

/** In scope. Error: NOT_FOUND. */
export async function entryOf(em: EntityManager, id: string): Promise<WaitingListEntry> {
  const found = await em.findOne(WaitingListEntry, { id });
  if (!found) throw new HubError('NOT_FOUND', 'entryId');
  return found;
}

/** Takes a step in the caller's name; the database asks what must hold, and moves the entry. */
export async function takeWaitingStep(
  { hub, viewer }: Acting,
  em: EntityManager,
  entry: WaitingListEntry,
  kind: WaitingStepKind,
  { as, ...said }: Said & { readonly version: number },
): Promise<WaitingListEntry> {
  const at = hub.now();
  const { id: entryId, regionCode, householdId, state: toState } = entry;
  em.create(
    WaitingStep,
    {
      ...{ batch: null, deferredUntil: null, documentNumber: null, note: null },
      ...{ id: randomUUID(), entryId, regionCode, householdId, kind, toState, at, onDay: beijingDay(at) },
      ...{ takenBy: viewer.subject, role: as ?? viewer.role, office: viewer.office, ...said },
    } as RequiredEntityData<WaitingStep>,
    { persist: true },
  );
  await em.flush();
  return (await em.refresh(entry))!;
}

/** A verb that is one step. */
export const waitingStep = (
  ctx: Acting,
  verb: string,
  kind: WaitingStepKind,
  { entryId, version }: OnEntry,
  said: Said = {},
): Promise<WaitingListEntry> =>
  onEntry(ctx, verb, async (em) => takeWaitingStep(ctx, em, await entryOf(em, entryId), kind, { ...said, version }));
