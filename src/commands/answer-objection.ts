import { LockMode } from '@mikro-orm/core';
import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { onApplication } from '../store/admission/step';
import { Objection, ObjectionState } from '../../schema/admission/objection';

export interface AnswerObjection {
  readonly objectionId: string;
  /** Anything but FILED. */
  readonly found: ObjectionState;
  /** What was looked into, and what is answered. */
  readonly answer: string;
}

/**
 * 核实答复异议: by another person than who passed the review that was posted. Errors: NOT_FOUND, ILLEGAL_MOVE, SECOND_PERSON_REQUIRED,
 * INVALID_INPUT.
 */
export async function answerObjection(ctx: RequestContext, input: AnswerObjection): Promise<Objection> {
  const answer = freeText(input.answer, 'answer');
  if (input.found === ObjectionState.FILED)
    throw new HubError('INVALID_INPUT', 'found', '须为成立、不成立或异议人撤回');
  return onApplication(ctx, 'answerObjection', async (em) => {
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    const objection = await em.findOne(Objection, { id: input.objectionId }, { lockMode });
    if (!objection) throw new HubError('NOT_FOUND', 'objectionId');
    const answered = { answeredOn: beijingDay(ctx.hub.now()), answeredBy: ctx.viewer.subject, answer };
    Object.assign(objection, { state: input.found, ...answered });
    await em.flush();
    return objection;
  });
}
