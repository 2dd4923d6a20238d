import { randomUUID } from 'node:crypto';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { onApplication } from '../store/admission/step';
import { Objection } from '../../schema/admission/objection';
import { ObjectorOpening } from '../../schema/admission/objector-opening';

export interface AskToOpenObjector {
  readonly objectionId: string;
  /** Of the approval to open. */
  readonly documentNumber: string;
}

const LONGEST_NUMBER = 120;
const SEALED = 'select 1 from objector where id = $1';

/** 申请启封异议人身份: the first of two persons. Errors: NOT_FOUND (nobody was named, too), ILLEGAL_MOVE, INVALID_INPUT. */
export async function askToOpenObjector(ctx: RequestContext, input: AskToOpenObjector): Promise<ObjectorOpening> {
  const documentNumber = freeText(input.documentNumber, 'documentNumber', LONGEST_NUMBER);
  return onApplication(ctx, 'askToOpenObjector', async (em, client) => {
    const objection = await em.findOne(Objection, { id: input.objectionId });
    const named = objection && (await client.query(SEALED, [objection.id])).rowCount === 1;
    if (!named) throw new HubError('NOT_FOUND', 'objectionId');
    const { id: objectionId, regionCode, householdId } = objection;
    const asked = em.create(ObjectorOpening, {
      ...{ id: randomUUID(), regionCode, householdId, objectionId, documentNumber },
      ...{ askedBy: ctx.viewer.subject, askedAt: ctx.hub.now() },
      ...{ openedBy: null, openedAt: null, tellBy: null, toldOn: null, toldBy: null },
    });
    await em.persist(asked).flush();
    return asked;
  });
}
