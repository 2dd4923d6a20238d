import { beijingDay } from '../../access/day';
import { freeText } from '../../access/free-text';
import type { Session } from '../../access/session';
import { DOCUMENT_NUMBER, pastDay } from '../paper';
import { petitionOf } from './found';
import { supervising } from './refusals';
import type { Petition } from '../../../schema/supervision/petition';

type Acting = Parameters<typeof supervising>[0] &
  Pick<Session, 'viewer'> & { readonly hub: { readonly now: () => Date } };

/** By which document, and on which day: `field` is what the caller calls it. */
export interface ByDocument {
  readonly petitionId: string;
  readonly documentNumber: string;
  readonly field: string;
  readonly day: string;
}

interface Told {
  readonly document: string;
  readonly day: string;
  readonly by: string;
}

/** One step of a petition, by a document: what it makes of the petition, or refuses of it as it stands. Errors: NOT_FOUND, INVALID_INPUT, what the step throws. */
export async function petitionStep(
  ctx: Acting,
  verb: string,
  { petitionId, documentNumber, field, day }: ByDocument,
  step: (petition: Petition, told: Told) => Partial<Petition>,
): Promise<Petition> {
  const told = {
    document: freeText(documentNumber, 'documentNumber', DOCUMENT_NUMBER),
    day: pastDay(day, field, beijingDay(ctx.hub.now())),
    by: ctx.viewer.subject,
  };
  return supervising(ctx, verb, async (em) => {
    const petition = await petitionOf(em, petitionId);
    await em.persist(Object.assign(petition, step(petition, told))).flush();
    return petition;
  });
}
