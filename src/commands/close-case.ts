import { LockMode } from '@mikro-orm/core';
import { beijingDay } from '../access/day';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { refuseOwnProcedure } from '../store/own-procedure';
import { inUnit } from '../store/unit';
import { Case, CaseEnd } from '../../schema/housing/case';
import { Letter, LetterEnd, LetterState } from '../../schema/sharing/letter';
import { letterMoves, move } from '../../schema/transitions';

export interface CloseCase {
  readonly caseId: string;
  /** SETTLED when left out. */
  readonly as?: CaseEnd | null;
}

/** The same as the trigger `case_closed`, which ends the letters of a case that is closed by other hands. */
const END: Readonly<Record<CaseEnd, LetterEnd>> = {
  [CaseEnd.SETTLED]: LetterEnd.CASE_CLOSED,
  [CaseEnd.FAILED]: LetterEnd.FAILED,
  [CaseEnd.EXIT]: LetterEnd.EXIT,
};

/** 结案: closes a case today and ends its letters; every purpose that hangs on them dies. Errors: NOT_FOUND, CASE_CLOSED, ILLEGAL_MOVE for a case of a yearly review or an open application, which ends with it. */
export async function closeCase(ctx: RequestContext, { caseId, as }: CloseCase): Promise<Case> {
  const today = beijingDay(ctx.hub.now());
  return inUnit(ctx, 'closeCase', async (em) => {
    const closing = await em.findOne(Case, { id: caseId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!closing) throw new HubError('NOT_FOUND', 'caseId');
    if (closing.closedOn) throw new HubError('CASE_CLOSED', 'caseId');
    await refuseOwnProcedure(em, caseId, 'CLOSE');
    const closedAs = as ?? CaseEnd.SETTLED;
    const open = { caseId, state: { $ne: LetterState.ENDED } };
    const locked = { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } } as const;
    for (const letter of await em.find(Letter, open, locked)) {
      letter.state = move(letterMoves, letter.state, LetterState.ENDED);
      letter.endedOn = today;
      letter.endReason = END[closedAs];
    }
    await em.flush(); // in the closer's name, before the database ends them in its own
    closing.closedOn = today;
    closing.closedAs = closedAs;
    return closing;
  });
}
