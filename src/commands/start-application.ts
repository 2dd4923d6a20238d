import { randomUUID } from 'node:crypto';
import { beijingDay } from '../access/day';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { templateInForce } from '../store/admission/form';
import { onApplication } from '../store/admission/step';
import { Application, ApplicationState, type AdmissionFlow } from '../../schema/admission/application';
import { Case } from '../../schema/housing/case';

const FLOW = 'select admission_flow($1, $2, $3) as flow';

/**
 * 登记申请 [IM-3.3, IM-4.2, IM-4.7]: begins the application of an open case, on the form that its prefecture has in force. Errors: NOT_FOUND, CASE_CLOSED, CASE_ALREADY_OPEN,
 * INVALID_INPUT (`caseId`: the region has no flow).
 */
export async function startApplication(ctx: RequestContext, caseId: string): Promise<Application> {
  const now = ctx.hub.now();
  return onApplication(ctx, 'startApplication', async (em, client) => {
    const found = await em.findOne(Case, { id: caseId });
    if (!found) throw new HubError('NOT_FOUND', 'caseId');
    const { regionCode, householdId } = found;
    const { rows } = await client.query<{ flow: AdmissionFlow | null }>(FLOW, [regionCode, beijingDay(now), now]);
    const { flow } = rows[0]!;
    if (flow === null)
      throw new HubError(
        'INVALID_INPUT',
        'caseId',
        '该区划没有确定的审核流程，请先登记参数 admission.zone-is-districted',
      );
    const templateId = await templateInForce(client, regionCode, beijingDay(now));
    const nothing = { submittedOn: null, receipt: null, reviewBy: null };
    const begun = em.create(Application, {
      ...{ id: randomUUID(), regionCode, householdId, caseId, templateId, flow, state: ApplicationState.DRAFT },
      ...{ round: 1, version: 0, ...nothing },
    });
    await em.persist(begun).flush();
    return begun;
  });
}
