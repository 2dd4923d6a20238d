import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import { clause, guardOf } from '../clauses';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { DOCUMENT_NUMBER } from '../store/paper';
import { matterOf } from '../store/supervision/found';
import { supervising } from '../store/supervision/refusals';
import type { Opinion } from '../../schema/review/review-step';
import type { SupervisionMatter } from '../../schema/supervision/supervision-matter';

export interface GiveAssistingOpinion {
  readonly matterId: string;
  readonly opinion: Opinion;
  readonly documentNumber: string;
}

/** 民政部门配合做好监督管理: where it was added, and nowhere else. */
const ASSISTS = guardOf(clause('GX-10.1.2-b'));

/** 配合部门意见, of the department that was added; to another the matter is not there. Errors: NOT_FOUND, ILLEGAL_MOVE, INVALID_INPUT. */
export async function giveAssistingOpinion(
  ctx: RequestContext,
  { matterId, opinion, documentNumber }: GiveAssistingOpinion,
): Promise<SupervisionMatter> {
  return supervising(ctx, 'giveAssistingOpinion', async (em) => {
    const matter = await matterOf(em, matterId);
    const { hub, viewer } = ctx;
    if (matter.assisting !== (viewer.role as string)) throw ASSISTS.refuse(new HubError('NOT_FOUND', 'matterId'));
    const given = {
      opinionDocument: freeText(documentNumber, 'documentNumber', DOCUMENT_NUMBER),
      ...{ opinionOn: beijingDay(hub.now()), opinionBy: viewer.subject, opinionRole: viewer.role },
    };
    if (matter.opinion !== null) throw new HubError('ILLEGAL_MOVE', 'matterId', '意见已经登记');
    await em.persist(Object.assign(matter, given, { opinion })).flush();
    ASSISTS.let();
    return matter;
  });
}
