import { randomUUID } from 'node:crypto';
import type { RequiredEntityData } from '@mikro-orm/postgresql';
import { beijingDay } from '../../access/day';
import { freeText } from '../../access/free-text';
import { HubError } from '../../errors';
import { DOCUMENT_NUMBER, pastDay } from '../paper';
import { inScopeOf, onTenancy, type Acting } from './step';
import { Contract } from '../../../schema/tenancy/contract';
import { RentEntry, type RentEntryKind } from '../../../schema/tenancy/rent-entry';

/** Money about a contract, as its receipt shows it. */
export interface Receipt {
  readonly contractId: string;
  readonly amountFen: number;
  /** 'YYYY-MM-DD', not after today. */
  readonly receivedOn: string;
  /** 票据号; each once. */
  readonly documentNumber: string;
}

/** The first day of a day's month. */
export const monthOf = (day: string): string => `${day.slice(0, 7)}-01`;

/** A double line of the ledger in the caller's name; the database asks whether it may be. */
export async function enter(ctx: Acting, verb: string, kind: RentEntryKind, receipt: Receipt): Promise<Contract> {
  const at = ctx.hub.now();
  const onDay = pastDay(receipt.receivedOn, 'receivedOn', beijingDay(at));
  const documentNumber = freeText(receipt.documentNumber, 'documentNumber', DOCUMENT_NUMBER);
  const { contractId, amountFen } = receipt;
  if (amountFen <= 0) throw new HubError('INVALID_INPUT', 'amountFen', '须为正数');
  return onTenancy(ctx, verb, 'contractId', async (em) => {
    const contract = await inScopeOf(em, Contract, contractId, 'contractId');
    const { regionCode, householdId } = contract;
    em.create(
      RentEntry,
      {
        ...{ id: randomUUID(), regionCode, householdId, contractId, kind, month: monthOf(onDay), amountFen, at, onDay },
        ...{ takenBy: ctx.viewer.subject, role: ctx.viewer.role, office: ctx.viewer.office, documentNumber },
      } as RequiredEntityData<RentEntry>,
      { persist: true },
    );
    await em.flush();
    return contract;
  });
}
