import { randomUUID } from 'node:crypto';
import type { RequiredEntityData } from '@mikro-orm/postgresql';
import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { DOCUMENT_NUMBER, pastDay } from '../store/paper';
import { monthOf } from '../store/tenancy/enter';
import { onTenancy } from '../store/tenancy/step';
import { RentEntry, RentEntryKind } from '../../schema/tenancy/rent-entry';

export interface RemitRent {
  readonly region: string;
  /** Any day of the month in which the rent came in. */
  readonly month: string;
  readonly amountFen: number;
  /** 缴款书号. */
  readonly documentNumber: string;
}

/** 上缴财政（收支两条线）: of what came in during a month, never more than is in hand. Errors: NOT_FOUND, INVALID_INPUT, IDEMPOTENCY_CONFLICT, WRONG_LEVEL. */
export async function remitRent(ctx: RequestContext, input: RemitRent): Promise<RentEntry> {
  const at = ctx.hub.now();
  const { region: regionCode, amountFen } = input;
  const month = monthOf(pastDay(input.month, 'month', beijingDay(at)));
  const documentNumber = freeText(input.documentNumber, 'documentNumber', DOCUMENT_NUMBER);
  if (!ctx.viewer.regions.includes(regionCode)) throw new HubError('NOT_FOUND', 'region');
  if (amountFen <= 0) throw new HubError('INVALID_INPUT', 'amountFen', '须为正数');
  return onTenancy(ctx, 'remitRent', 'region', async (em) => {
    const kind = RentEntryKind.REMITTED_TO_TREASURY;
    const entry = em.create(RentEntry, {
      ...{ id: randomUUID(), regionCode, householdId: null, contractId: null, kind, month, amountFen, at },
      ...{ onDay: beijingDay(at), takenBy: ctx.viewer.subject, role: ctx.viewer.role, office: ctx.viewer.office },
      documentNumber,
    } as RequiredEntityData<RentEntry>);
    await em.persist(entry).flush();
    return entry;
  });
}
