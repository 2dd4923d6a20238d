import type { RequestContext } from '../context';
import { archiveStage } from '../store/archive/stage';
import { ArchiveStage } from '../../schema/archive/archive-entry';
import type { ArchiveStep } from '../../schema/archive/archive-step';

/** 归档 what was arranged [IM-4.4]. Errors: NOT_FOUND, ILLEGAL_MOVE. */
export const shelveArchiveEntry = (ctx: RequestContext, entryId: string): Promise<ArchiveStep> =>
  archiveStage(ctx, 'shelveArchiveEntry', ArchiveStage.FILED, entryId);
