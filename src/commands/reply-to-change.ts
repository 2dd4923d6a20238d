import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { movedChange } from '../store/changes/act';
import { pastDay } from '../store/paper';
import { inUnit } from '../store/unit';
import { ChangeState, type Change } from '../../schema/review/change';

export interface ReplyToChange {
  readonly changeId: string;
  /** 'YYYY-MM-DD', from the day the household was told on and not after today. */
  readonly repliedOn: string;
  readonly reply: string;
}

/** 登记答复: what the household says to a change, in time or later. Errors: NOT_FOUND, ILLEGAL_MOVE, INVALID_INPUT naming the field. */
export async function replyToChange(ctx: RequestContext, input: ReplyToChange): Promise<Change> {
  const repliedOn = pastDay(input.repliedOn, 'repliedOn', beijingDay(ctx.hub.now()));
  const reply = freeText(input.reply, 'reply', 2000);
  return inUnit(ctx, 'replyToChange', async (em) => {
    const change = await movedChange(em, input.changeId, ChangeState.REPLIED);
    if (repliedOn < change.notifiedOn!) throw new HubError('INVALID_INPUT', 'repliedOn', '不得早于告知之日');
    await em.persist(Object.assign(change, { reply, repliedOn, replyTakenBy: ctx.viewer.subject })).flush();
    return change;
  });
}
