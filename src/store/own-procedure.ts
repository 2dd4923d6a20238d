import type { EntityManager } from '@mikro-orm/postgresql';
import { HubError } from '../errors';
import { Application, ApplicationState as State } from '../../schema/admission/application';
import { AnnualReview } from '../../schema/review/annual-review';

const ENDED = [State.APPROVED, State.REJECTED, State.WITHDRAWN, State.REVOKED];

/**
 * A case that is reviewed year by year, or on which somebody applies, is decided there and ends with it, and by nothing beside.
 * Error: ILLEGAL_MOVE.
 */
export async function refuseOwnProcedure(em: EntityManager, caseId: string, act: 'DECIDE' | 'CLOSE'): Promise<void> {
  if (await em.count(AnnualReview, { caseId }))
    throw new HubError('ILLEGAL_MOVE', 'caseId', '年审案件由年审决定办理，随其办结');
  const open = act === 'DECIDE' ? {} : { state: { $nin: ENDED } };
  if (await em.count(Application, { caseId, ...open }))
    throw new HubError('ILLEGAL_MOVE', 'caseId', '申请案件按三审三公示办理，随其办结');
}
