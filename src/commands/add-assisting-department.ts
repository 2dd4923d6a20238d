import { beijingDay } from '../access/day';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { matterOf } from '../store/supervision/found';
import { supervising } from '../store/supervision/refusals';
import { JointAgency } from '../../schema/admission/application-step';
import type { SupervisionMatter } from '../../schema/supervision/supervision-matter';

/** 请民政部门配合: from then on its officer sees the matter and may say what it thinks. Errors: NOT_FOUND, ILLEGAL_MOVE. */
export async function addAssistingDepartment(
  ctx: RequestContext,
  { matterId }: { readonly matterId: string },
): Promise<SupervisionMatter> {
  return supervising(ctx, 'addAssistingDepartment', async (em) => {
    const matter = await matterOf(em, matterId);
    if (matter.assisting !== null) throw new HubError('ILLEGAL_MOVE', 'matterId', '已经请其配合');
    const { hub, viewer } = ctx;
    const added = { assistingOn: beijingDay(hub.now()), assistingBy: viewer.subject };
    await em.persist(Object.assign(matter, added, { assisting: JointAgency.CIVIL_AFFAIRS })).flush();
    return matter;
  });
}
