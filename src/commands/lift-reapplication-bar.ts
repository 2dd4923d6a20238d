import { LockMode } from '@mikro-orm/core';
import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { DOCUMENT_NUMBER } from '../store/paper';
import { inUnit } from '../store/unit';
import { ReapplyBar } from '../../schema/housing/reapply-bar';

export interface LiftReapplicationBar {
  readonly id: string;
  readonly documentNumber: string;
}

/**
 * 撤销违规名单: from today the bar counts no more; it stays on record with both documents. The office above lifts what a county
 * decided. Errors: NOT_FOUND (also where it is lifted already), INVALID_INPUT naming `documentNumber`.
 */
export async function liftReapplicationBar(ctx: RequestContext, input: LiftReapplicationBar): Promise<ReapplyBar> {
  const document = freeText(input.documentNumber, 'documentNumber', DOCUMENT_NUMBER);
  return inUnit(ctx, 'liftReapplicationBar', async (em) => {
    const bar = await em.findOne(ReapplyBar, { id: input.id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!bar || bar.liftedOn) throw new HubError('NOT_FOUND', 'id');
    bar.liftedOn = beijingDay(ctx.hub.now());
    bar.liftingDocument = document;
    return bar;
  });
}
