import { randomUUID } from 'node:crypto';
import type { RequiredEntityData } from '@mikro-orm/postgresql';
import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { DOCUMENT_NUMBER } from '../store/paper';
import { inScopeOf, onTenancy } from '../store/tenancy/step';
import { Allotment, AllotmentState } from '../../schema/tenancy/allotment';
import { WaitingListEntry } from '../../schema/waiting/waiting-list-entry';

export interface OfferDwelling {
  readonly entryId: string;
  readonly dwellingId: string;
  readonly reason: string;
  /** 决定文号. */
  readonly documentNumber: string;
}

/**
 * 配租配售通知: a dwelling offered, by a decision, to a household of the batch, and to nobody else meanwhile. Errors: NOT_FOUND, ILLEGAL_MOVE, WRONG_LEVEL,
 * PARAMETER_UNSET, INVALID_INPUT.
 */
export async function offerDwelling(ctx: RequestContext, input: OfferDwelling): Promise<Allotment> {
  const reason = freeText(input.reason, 'reason');
  const documentNumber = freeText(input.documentNumber, 'documentNumber', DOCUMENT_NUMBER);
  const { entryId, dwellingId } = input;
  return onTenancy(ctx, 'offerDwelling', 'entryId', async (em) => {
    const { regionCode, householdId, applicationId, programme } = await inScopeOf(
      em,
      WaitingListEntry,
      entryId,
      'entryId',
    );
    const offeredAt = ctx.hub.now();
    const offeredOn = beijingDay(offeredAt);
    const allotment = em.create(Allotment, {
      ...{ id: randomUUID(), regionCode, householdId, applicationId, entryId, dwellingId, programme },
      ...{
        state: AllotmentState.OFFERED,
        version: 0,
        offeredOn,
        answerBy: offeredOn,
        documentNumber,
        reason,
        offeredAt,
      },
      ...{ offeredBy: ctx.viewer.subject, role: ctx.viewer.role, office: ctx.viewer.office },
    } as RequiredEntityData<Allotment>);
    await em.persist(allotment).flush();
    return (await em.refresh(allotment))!;
  });
}
