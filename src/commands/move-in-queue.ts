import { randomUUID } from 'node:crypto';
import type { RequiredEntityData } from '@mikro-orm/postgresql';
import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { DOCUMENT_NUMBER } from '../store/paper';
import { entryOf, onEntry, type OnEntry } from '../store/waiting/step';
import { WaitingException } from '../../schema/waiting/waiting-exception';

export interface MoveInQueue extends OnEntry {
  readonly toRank: number;
  readonly reason: string;
  /** 决定文号. */
  readonly documentNumber: string;
}

const PLACE = `select rank from waiting_rank where entry_id = $1`;

/** 调整次序 by decision, never without one (广西规程 8.4.1(3)(1)): an exception that supervisors see, counted from the next night on. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL, INVALID_INPUT. */
export async function moveInQueue(ctx: RequestContext, input: MoveInQueue): Promise<WaitingException> {
  const { hub, viewer } = ctx;
  const { version, toRank } = input;
  const reason = freeText(input.reason, 'reason');
  const documentNumber = freeText(input.documentNumber, 'documentNumber', DOCUMENT_NUMBER);
  return onEntry(ctx, 'moveInQueue', async (em, client) => {
    const { id: entryId, regionCode, householdId } = await entryOf(em, input.entryId);
    const { rows } = await client.query<{ rank: number }>(PLACE, [entryId]);
    const at = hub.now();
    const exception = em.create(WaitingException, {
      ...{ id: randomUUID(), entryId, regionCode, householdId, version, toRank, fromRank: rows[0]?.rank ?? 0 },
      ...{ documentNumber, reason, at, onDay: beijingDay(at) },
      ...{ decidedBy: viewer.subject, role: viewer.role, office: viewer.office },
    } as RequiredEntityData<WaitingException>);
    await em.persist(exception).flush();
    return exception;
  });
}
