import type { EntityManager } from '@mikro-orm/postgresql';
import { HubError } from '../../errors';
import type { Application } from '../../../schema/admission/application';
import { Publicity, PublicityState } from '../../../schema/admission/publicity';

/** The publicity that runs or has ended. Error: ILLEGAL_MOVE where there is none. */
export async function itsPublicity(
  { id: applicationId }: Application,
  em: EntityManager,
): Promise<{ publicityId: string }> {
  const state = { $in: [PublicityState.RUNNING, PublicityState.ENDED] };
  const found = await em.findOne(Publicity, { applicationId, state });
  if (!found) throw new HubError('ILLEGAL_MOVE', 'applicationId');
  return { publicityId: found.id };
}
