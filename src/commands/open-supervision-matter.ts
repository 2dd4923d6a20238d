import { randomUUID } from 'node:crypto';
import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { applicationOf } from '../store/admission/step';
import { DOCUMENT_NUMBER } from '../store/paper';
import { supervising } from '../store/supervision/refusals';
import { SupervisionMatter } from '../../schema/supervision/supervision-matter';

export interface OpenSupervisionMatter {
  readonly applicationId: string;
  readonly documentNumber: string;
}

/** 立项监督 of an application, by a document that says what is looked into. Errors: NOT_FOUND, INVALID_INPUT. */
export async function openSupervisionMatter(
  ctx: RequestContext,
  input: OpenSupervisionMatter,
): Promise<SupervisionMatter> {
  return supervising(ctx, 'openSupervisionMatter', async (em) => {
    const { id: applicationId, regionCode } = await applicationOf(em, input.applicationId);
    const matter = em.create(SupervisionMatter, {
      ...{ id: randomUUID(), regionCode, applicationId },
      documentNumber: freeText(input.documentNumber, 'documentNumber', DOCUMENT_NUMBER),
      ...{ openedOn: beijingDay(ctx.hub.now()), openedBy: ctx.viewer.subject },
      ...{ assisting: null, assistingOn: null, assistingBy: null },
      ...{ opinion: null, opinionDocument: null, opinionOn: null, opinionBy: null, opinionRole: null },
      ...{ closingDocument: null, closedOn: null, closedBy: null, closedRole: null },
    });
    await em.persist(matter).flush();
    return matter;
  });
}
