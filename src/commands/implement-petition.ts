import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { DOCUMENT_NUMBER, pastDay } from '../store/paper';
import { petitionOf } from '../store/supervision/found';
import { supervising } from '../store/supervision/refusals';
import type { Petition } from '../../schema/supervision/petition';

export interface ImplementPetition {
  readonly petitionId: string;
  readonly documentNumber: string;
  readonly implementedOn: string;
}

/** 落实信访、举报的处理决定, by the document that shows it. Errors: NOT_FOUND, ILLEGAL_MOVE, INVALID_INPUT. */
export async function implementPetition(ctx: RequestContext, input: ImplementPetition): Promise<Petition> {
  const told = {
    implementationDocument: freeText(input.documentNumber, 'documentNumber', DOCUMENT_NUMBER),
    implementedOn: pastDay(input.implementedOn, 'implementedOn', beijingDay(ctx.hub.now())),
  };
  return supervising(ctx, 'implementPetition', async (em) => {
    const petition = await petitionOf(em, input.petitionId);
    if (petition.implementedOn !== null) throw new HubError('ILLEGAL_MOVE', 'petitionId', '已经落实');
    await em.persist(Object.assign(petition, told, { implementedBy: ctx.viewer.subject })).flush();
    return petition;
  });
}
