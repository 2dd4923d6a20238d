import { beijingDay } from '../access/day';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { onArchive } from '../store/archive/material';
import { ArchiveDisposal } from '../../schema/archive/archive-disposal';

/** 确认销毁, by another person; whoever runs the hub carries it out (`hub archive erase`). Errors: NOT_FOUND, ILLEGAL_MOVE, SECOND_PERSON_REQUIRED. */
export const confirmArchiveDisposal = (ctx: RequestContext, disposalId: string): Promise<ArchiveDisposal> =>
  onArchive(ctx, 'confirmArchiveDisposal', async (em) => {
    const disposal = await em.findOne(ArchiveDisposal, { id: disposalId });
    if (!disposal) throw new HubError('NOT_FOUND', 'disposalId');
    if (disposal.confirmedBy !== null) throw new HubError('ILLEGAL_MOVE', 'disposalId', '已经确认');
    disposal.confirmedBy = ctx.viewer.subject;
    disposal.confirmedOn = beijingDay(ctx.hub.now());
    await em.flush();
    return disposal;
  });
