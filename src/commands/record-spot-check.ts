import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { onArchive } from '../store/archive/material';
import { SpotCheckFile, SpotFound } from '../../schema/archive/spot-check';

export interface RecordSpotCheck {
  readonly checkId: string;
  readonly place: number;
  readonly found: SpotFound;
  /** Of a file that is not in order. */
  readonly defects?: string | null;
}

/** 登记抽查结果, once. Errors: NOT_FOUND, ILLEGAL_MOVE, INVALID_INPUT. */
export async function recordSpotCheck(ctx: RequestContext, input: RecordSpotCheck): Promise<SpotCheckFile> {
  const { checkId, place, found } = input;
  const defects = found === SpotFound.DEFECTIVE ? freeText(input.defects ?? '', 'defects') : null;
  return onArchive(ctx, 'recordSpotCheck', async (em) => {
    const file = await em.findOne(SpotCheckFile, { checkId, place });
    if (!file) throw new HubError('NOT_FOUND', 'checkId');
    if (file.found !== null) throw new HubError('ILLEGAL_MOVE', 'checkId', '已登记抽查结果');
    const { subject: checkedBy, office } = ctx.viewer;
    Object.assign(file, { found, defects, checkedBy, office, checkedOn: beijingDay(ctx.hub.now()) });
    await em.flush();
    return file;
  });
}
