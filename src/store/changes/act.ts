import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { HubError } from '../../errors';
import { changeMoves } from '../../../schema/transitions';
import { Change, type ChangeState } from '../../../schema/review/change';

/** The change an officer acts on, locked and moved. Errors: NOT_FOUND, ILLEGAL_MOVE. */
export async function movedChange(em: EntityManager, id: string, to: ChangeState): Promise<Change> {
  const change = await em.findOne(Change, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!change) throw new HubError('NOT_FOUND', 'changeId');
  if (!changeMoves[change.state].includes(to)) throw new HubError('ILLEGAL_MOVE', 'changeId');
  change.state = to;
  return change;
}
