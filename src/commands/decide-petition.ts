import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { DOCUMENT_NUMBER, pastDay } from '../store/paper';
import { petitionOf } from '../store/supervision/found';
import { supervising } from '../store/supervision/refusals';
import type { Petition, PetitionDecision } from '../../schema/supervision/petition';

export interface DecidePetition {
  readonly petitionId: string;
  readonly decision: PetitionDecision;
  readonly documentNumber: string;
  readonly decidedOn: string;
}

/** 处理信访、举报: once. What is to be carried out is listed until it is. Errors: NOT_FOUND, ILLEGAL_MOVE, INVALID_INPUT. */
export async function decidePetition(ctx: RequestContext, input: DecidePetition): Promise<Petition> {
  const told = {
    decisionDocument: freeText(input.documentNumber, 'documentNumber', DOCUMENT_NUMBER),
    decidedOn: pastDay(input.decidedOn, 'decidedOn', beijingDay(ctx.hub.now())),
  };
  return supervising(ctx, 'decidePetition', async (em) => {
    const petition = await petitionOf(em, input.petitionId);
    if (petition.decision !== null) throw new HubError('ILLEGAL_MOVE', 'petitionId', '已经决定');
    const decided = { decision: input.decision, decidedBy: ctx.viewer.subject };
    await em.persist(Object.assign(petition, told, decided)).flush();
    return petition;
  });
}
