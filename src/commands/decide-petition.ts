import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { petitionStep } from '../store/supervision/petition-step';
import type { Petition, PetitionDecision } from '../../schema/supervision/petition';

export interface DecidePetition {
  readonly petitionId: string;
  readonly decision: PetitionDecision;
  readonly documentNumber: string;
  readonly decidedOn: string;
}

/** 处理信访、举报: once. What is to be carried out is listed until it is. Errors: NOT_FOUND, ILLEGAL_MOVE, INVALID_INPUT. */
export async function decidePetition(ctx: RequestContext, input: DecidePetition): Promise<Petition> {
  const on = { ...input, field: 'decidedOn', day: input.decidedOn };
  return petitionStep(ctx, 'decidePetition', on, (petition, { document, day, by }) => {
    if (petition.decision !== null) throw new HubError('ILLEGAL_MOVE', 'petitionId', '已经决定');
    return { decision: input.decision, decisionDocument: document, decidedOn: day, decidedBy: by };
  });
}
