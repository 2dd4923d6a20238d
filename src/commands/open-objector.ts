import { LockMode } from '@mikro-orm/core';
import { beijingDay } from '../access/day';
import { objectorPlace, type Objector } from '../access/objector';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { onApplication } from '../store/admission/step';
import { parameterInForce } from '../store/parameter-in-force';
import { ObjectorOpening, type OpenedObjector } from '../../schema/admission/objector-opening';

const SEALED = 'select sealed from objector where id = $1';
const DUE = 'select day::text as day from add_working_days($1, $2, $3)';

/**
 * 启封异议人身份: by another person than who asked. What was sealed is told once, to the one who opened it, after it was written
 * down that it was; the objector is to be told within `objector.tell-working-days`. Errors: NOT_FOUND, SECOND_PERSON_REQUIRED,
 * ILLEGAL_MOVE, PARAMETER_UNSET.
 */
export async function openObjector(ctx: RequestContext, { id }: { readonly id: string }): Promise<OpenedObjector> {
  return onApplication(ctx, 'openObjector', async (em, client) => {
    const opening = await em.findOne(ObjectorOpening, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!opening) throw new HubError('NOT_FOUND', 'id');
    if (opening.openedAt !== null) throw new HubError('ILLEGAL_MOVE', 'id', '已经启封；再看须另行申请');
    if (opening.askedBy === ctx.viewer.subject) throw new HubError('SECOND_PERSON_REQUIRED', 'id');
    const now = ctx.hub.now();
    const days = await parameterInForce(client, 'objector.tell-working-days', opening.regionCode, beijingDay(now), now);
    const { rows } = await client.query<{ day: string }>(DUE, [opening.regionCode, beijingDay(now), days]);
    Object.assign(opening, { openedBy: ctx.viewer.subject, openedAt: now, tellBy: rows[0]!.day });
    await em.flush();
    const kept = await client.query<{ sealed: Buffer }>(SEALED, [opening.objectionId]);
    const place = objectorPlace(opening.objectionId);
    const { name, contact } = JSON.parse(ctx.hub.objectorSeal.open(kept.rows[0]!.sealed, place)) as Objector;
    return { opening, name, contact };
  });
}
