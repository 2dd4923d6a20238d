import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { beijingDay } from '../../access/day';
import { HubError } from '../../errors';
import { onArchive, type Archiving } from './material';
import { ArchiveEntry, type ArchiveStage } from '../../../schema/archive/archive-entry';
import { ArchiveStep } from '../../../schema/archive/archive-step';

/** In scope. Error: NOT_FOUND. */
export async function archiveEntryOf(em: EntityManager, id: string): Promise<ArchiveEntry> {
  const found = await em.findOne(ArchiveEntry, { id });
  if (!found) throw new HubError('NOT_FOUND', 'entryId');
  return found;
}

/** A verb that brings a material one stage on; the database asks from which. */
export const archiveStage = (
  ctx: Archiving,
  verb: string,
  stage: ArchiveStage,
  entryId: string,
): Promise<ArchiveStep> =>
  onArchive(ctx, verb, async (em) => {
    const { id, regionCode } = await archiveEntryOf(em, entryId);
    const at = ctx.hub.now();
    const { subject: takenBy, role, office } = ctx.viewer;
    const step = em.create(ArchiveStep, {
      ...{ id: randomUUID(), entryId: id, regionCode, stage, at, onDay: beijingDay(at), takenBy, role, office },
    });
    await em.persist(step).flush();
    return step;
  });
