import type { RequestContext } from '../context';
import { archiveStage } from '../store/archive/stage';
import { ArchiveStage } from '../../schema/archive/archive-entry';
import type { ArchiveStep } from '../../schema/archive/archive-step';

/** 整理 what was collected [IM-4.4]. Errors: NOT_FOUND, ILLEGAL_MOVE. */
export const arrangeArchiveEntry = (ctx: RequestContext, entryId: string): Promise<ArchiveStep> =>
  archiveStage(ctx, 'arrangeArchiveEntry', ArchiveStage.ARRANGED, entryId);
