import { randomUUID } from 'node:crypto';
import { LockMode } from '@mikro-orm/core';
import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { DOCUMENT_NUMBER, pastDay } from '../store/paper';
import { inUnit } from '../store/unit';
import { Household } from '../../schema/housing/household';
import { HouseholdMember } from '../../schema/housing/household-member';
import { ReapplyBar, type BarGround } from '../../schema/housing/reapply-bar';

export interface BarReapplication {
  /** The file under which the security was held. */
  readonly householdId: string;
  /** Who is or was a member of it. */
  readonly personId: string;
  readonly ground: BarGround;
  readonly returnedOn: string;
  readonly documentNumber: string;
}

/**
 * 列入违规名单: puts a person who gave security back after fraud or misuse on the list that RR-18 reads, in every region.
 * Errors: NOT_FOUND (household), INVALID_INPUT naming `personId`, `returnedOn` or `documentNumber`.
 */
export async function barReapplication(ctx: RequestContext, input: BarReapplication): Promise<ReapplyBar> {
  const returnedOn = pastDay(input.returnedOn, 'returnedOn', beijingDay(ctx.hub.now()));
  const document = freeText(input.documentNumber, 'documentNumber', DOCUMENT_NUMBER);
  const { householdId, personId, ground } = input;
  return inUnit(ctx, 'barReapplication', async (em) => {
    const household = await em.findOne(Household, { id: householdId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!household) throw new HubError('NOT_FOUND', 'householdId');
    if (!(await em.count(HouseholdMember, { householdId, personId })))
      throw new HubError('INVALID_INPUT', 'personId', '须为该家庭的成员');
    if (await em.count(ReapplyBar, { householdId, personId, returnedOn }))
      throw new HubError('INVALID_INPUT', 'returnedOn', '该成员此次退回已列入名单');
    return em.create(
      ReapplyBar,
      {
        ...{ id: randomUUID(), regionCode: household.regionCode, householdId, personId, ground, returnedOn },
        ...{ documentNumber: document, liftedOn: null, liftingDocument: null },
      },
      { persist: true },
    );
  });
}
