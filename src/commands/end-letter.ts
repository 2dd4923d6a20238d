import { LockMode } from '@mikro-orm/core';
import { beijingDay } from '../access/day';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { inUnit } from '../store/unit';
import { Letter, LetterEnd } from '../../schema/sharing/letter';

export interface EndLetter {
  readonly letterId: string;
  /** Any but CASE_CLOSED, which only closing the case gives. */
  readonly reason: LetterEnd;
}

/** 终止授权: ends a letter today; what hangs on it can ask no more. Errors: NOT_FOUND, LETTER_ENDED, INVALID_INPUT. */
export async function endLetter(ctx: RequestContext, { letterId, reason }: EndLetter): Promise<Letter> {
  if (reason === LetterEnd.CASE_CLOSED) throw new HubError('INVALID_INPUT', 'reason', '结案终止由办结案件产生');
  return inUnit(ctx, 'endLetter', async (em) => {
    const letter = await em.findOne(Letter, { id: letterId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!letter) throw new HubError('NOT_FOUND', 'letterId');
    if (letter.endedOn) throw new HubError('LETTER_ENDED', 'letterId');
    letter.endedOn = beijingDay(ctx.hub.now());
    letter.endReason = reason;
    return letter;
  });
}
