import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { DOCUMENT_NUMBER } from '../store/paper';
import { matterOf } from '../store/supervision/found';
import { supervising } from '../store/supervision/refusals';
import type { SupervisionMatter } from '../../schema/supervision/supervision-matter';

export interface CloseSupervisionMatter {
  readonly matterId: string;
  readonly documentNumber: string;
}

/** 办结监督事项, by the housing department alone; the database asks the role too. Errors: NOT_FOUND, ILLEGAL_MOVE, INVALID_INPUT. */
export async function closeSupervisionMatter(
  ctx: RequestContext,
  { matterId, documentNumber }: CloseSupervisionMatter,
): Promise<SupervisionMatter> {
  const closingDocument = freeText(documentNumber, 'documentNumber', DOCUMENT_NUMBER);
  return supervising(ctx, 'closeSupervisionMatter', async (em) => {
    const matter = await matterOf(em, matterId);
    if (matter.closedOn !== null) throw new HubError('ILLEGAL_MOVE', 'matterId', '已经办结');
    const { hub, viewer } = ctx;
    const closed = { closedOn: beijingDay(hub.now()), closedBy: viewer.subject, closedRole: viewer.role };
    await em.persist(Object.assign(matter, closed, { closingDocument })).flush();
    return matter;
  });
}
