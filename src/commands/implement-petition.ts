import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { petitionStep } from '../store/supervision/petition-step';
import { PetitionDecision, type Petition } from '../../schema/supervision/petition';

export interface ImplementPetition {
  readonly petitionId: string;
  readonly documentNumber: string;
  readonly implementedOn: string;
}

/** 落实信访、举报的处理决定, by the document that shows it; only what was decided to be carried out. Errors: NOT_FOUND, ILLEGAL_MOVE, INVALID_INPUT. */
export async function implementPetition(ctx: RequestContext, input: ImplementPetition): Promise<Petition> {
  const on = { ...input, field: 'implementedOn', day: input.implementedOn };
  return petitionStep(ctx, 'implementPetition', on, (petition, { document, day, by }) => {
    refuseUnlessDecided(petition);
    return { implementationDocument: document, implementedOn: day, implementedBy: by };
  });
}

function refuseUnlessDecided({ decision, implementedOn }: Petition): void {
  const refuse = (why: string): never => {
    throw new HubError('ILLEGAL_MOVE', 'petitionId', why);
  };
  if (decision === null) refuse('尚未作出处理决定，请先登记处理决定');
  if (decision !== PetitionDecision.TO_BE_CARRIED_OUT) refuse('处理决定为不成立，没有须落实的事项');
  if (implementedOn !== null) refuse('已经落实');
}
