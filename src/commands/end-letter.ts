import { LockMode } from '@mikro-orm/core';
import { beijingDay } from '../access/day';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { inUnit } from '../store/unit';
import { Letter, LetterEnd, LetterState } from '../../schema/sharing/letter';
import { letterMoves, move } from '../../schema/transitions';

export interface EndLetter {
  readonly letterId: string;
  /** Any but CASE_CLOSED, which only closing the case gives, and EXPIRED, which only the day gives. */
  readonly reason: LetterEnd;
}

/**
 * 终止授权 (撤回 among the reasons): ends a letter today, drafted, half signed or in force. When this returns, no further call
 * leaves under it; an answer still on its way will not be kept. Errors: NOT_FOUND, LETTER_ENDED, INVALID_INPUT.
 */
export async function endLetter(ctx: RequestContext, { letterId, reason }: EndLetter): Promise<Letter> {
  if (reason === LetterEnd.CASE_CLOSED) throw new HubError('INVALID_INPUT', 'reason', '结案终止由办结案件产生');
  if (reason === LetterEnd.EXPIRED) throw new HubError('INVALID_INPUT', 'reason', '到期终止由期限届满产生');
  return inUnit(ctx, 'endLetter', async (em) => {
    const letter = await em.findOne(Letter, { id: letterId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!letter) throw new HubError('NOT_FOUND', 'letterId');
    if (letter.state === LetterState.ENDED) throw new HubError('LETTER_ENDED', 'letterId');
    letter.state = move(letterMoves, letter.state, LetterState.ENDED);
    letter.endedOn = beijingDay(ctx.hub.now());
    letter.endReason = reason;
    return letter;
  });
}
