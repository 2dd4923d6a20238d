import { beijingDay } from '../access/day';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { movedChange } from '../store/changes/act';
import { pastDay } from '../store/paper';
import { parameterInForce } from '../store/parameter-in-force';
import { inUnit } from '../store/unit';
import { addWorkingDays } from '../store/working-days';
import { ChangeState, type Change } from '../../schema/review/change';

export interface NotifyOfChange {
  readonly changeId: string;
  /** 'YYYY-MM-DD', from the day it was seen on and not after today. */
  readonly notifiedOn: string;
}

/**
 * 告知变动: the household was told what a source has told, and by which day it may answer. Nothing else follows. Errors:
 * NOT_FOUND, ILLEGAL_MOVE, PARAMETER_UNSET, INVALID_INPUT.
 */
export async function notifyOfChange(ctx: RequestContext, input: NotifyOfChange): Promise<Change> {
  const now = ctx.hub.now();
  const today = beijingDay(now);
  const notifiedOn = pastDay(input.notifiedOn, 'notifiedOn', today);
  return inUnit(ctx, 'notifyOfChange', async (em, client) => {
    const change = await movedChange(em, input.changeId, ChangeState.NOTIFIED);
    const { regionCode, seenOn } = change;
    if (notifiedOn < seenOn) throw new HubError('INVALID_INPUT', 'notifiedOn', '不得早于发现之日');
    const days = await parameterInForce(client, 'watch.reply-working-days', regionCode, today, now);
    const { day: replyBy, provisional } = await addWorkingDays(client, regionCode, notifiedOn, days);
    const told = { notifiedOn, notifiedBy: ctx.viewer.subject, replyBy, replyByProvisional: provisional };
    await em.persist(Object.assign(change, told)).flush();
    return change;
  });
}
