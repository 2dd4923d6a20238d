import { LockMode } from '@mikro-orm/core';
import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import { clause, guardOf } from '../clauses';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { applicantOf } from '../store/applicant';
import { DOCUMENT_NUMBER, pastDay } from '../store/paper';
import { inUnit } from '../store/unit';
import { Violation, ViolationState, type ViolationDecision } from '../../schema/review/violation';

export interface CloseViolation {
  readonly violationId: string;
  readonly investigation: string;
  readonly decision: ViolationDecision;
  /** 决定文号. */
  readonly documentNumber: string;
  /** 'YYYY-MM-DD', not before it was opened and not after today. */
  readonly decidedOn: string;
}

/** 按规定对违规行为进行调查处理: with all three, or not at all. */
const DECIDED = guardOf(clause('GX-9.2.1(4)-b'));

/** 违规处理 [GX-9.2.1(4)-b]: what was investigated and decided, and when. Errors: NOT_FOUND, ILLEGAL_MOVE, INVALID_INPUT. */
export async function closeViolation(ctx: RequestContext, input: CloseViolation): Promise<Violation> {
  const told = whole(ctx, input);
  const closed = await inUnit(ctx, 'closeViolation', async (em, client) => {
    const where = { id: input.violationId };
    const violation = await em.findOne(Violation, where, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!violation) throw new HubError('NOT_FOUND', 'violationId');
    if (violation.state === ViolationState.CLOSED) throw new HubError('ILLEGAL_MOVE', 'violationId');
    if (told.decidedOn < violation.openedOn) throw new HubError('INVALID_INPUT', 'decidedOn', '不得早于立案之日');
    const { decision } = input;
    await em
      .persist(
        Object.assign(violation, { ...told, decision, state: ViolationState.CLOSED, decidedBy: ctx.viewer.subject }),
      )
      .flush();
    return Object.assign(violation, { personId: await applicantOf(client, violation.householdId) });
  });
  DECIDED.let();
  return closed;
}

function whole({ hub }: RequestContext, input: CloseViolation) {
  try {
    return {
      investigation: freeText(input.investigation, 'investigation'),
      documentNumber: freeText(input.documentNumber, 'documentNumber', DOCUMENT_NUMBER),
      decidedOn: pastDay(input.decidedOn, 'decidedOn', beijingDay(hub.now())),
    };
  } catch (error) {
    throw DECIDED.refuse(error);
  }
}
