import { LockMode } from '@mikro-orm/core';
import { beijingDay } from '../access/day';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { onApplication } from '../store/admission/step';
import { ObjectorOpening } from '../../schema/admission/objector-opening';

/** 已告知异议人: that who they are was opened. Errors: NOT_FOUND, ILLEGAL_MOVE. */
export async function tellObjector(ctx: RequestContext, { id }: { readonly id: string }): Promise<ObjectorOpening> {
  return onApplication(ctx, 'tellObjector', async (em) => {
    const opening = await em.findOne(ObjectorOpening, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!opening) throw new HubError('NOT_FOUND', 'id');
    if (opening.openedAt === null || opening.toldOn !== null) throw new HubError('ILLEGAL_MOVE', 'id');
    Object.assign(opening, { toldOn: beijingDay(ctx.hub.now()), toldBy: ctx.viewer.subject });
    await em.flush();
    return opening;
  });
}
