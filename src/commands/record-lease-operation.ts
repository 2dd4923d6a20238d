import { randomUUID } from 'node:crypto';
import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { DOCUMENT_NUMBER, pastDay } from '../store/paper';
import { dwellingOf, onDwelling } from '../store/tenancy/dwelling-step';
import type { Dwelling } from '../../schema/tenancy/dwelling';
import { LeaseOperation, LeaseOperationKind } from '../../schema/tenancy/lease-operation';

export interface RecordLeaseOperation {
  readonly dwellingId: string;
  readonly kind: LeaseOperationKind;
  readonly onDay: string;
  readonly summary: string;
  readonly doneBy: string;
  readonly amountFen?: number | null;
  readonly documentNumber?: string | null;
}

const BY_HAND: readonly LeaseOperationKind[] = [LeaseOperationKind.REPAIR, LeaseOperationKind.PROPERTY_MANAGEMENT];

/** 登记维修养护、物业管理 of a dwelling. Errors: NOT_FOUND, INVALID_INPUT naming the field. */
export async function recordLeaseOperation(ctx: RequestContext, input: RecordLeaseOperation): Promise<Dwelling> {
  const { kind, amountFen = null, documentNumber: number } = input;
  const at = ctx.hub.now();
  if (amountFen !== null && amountFen < 0) throw new HubError('INVALID_INPUT', 'amountFen', '不得为负');
  const told = {
    onDay: pastDay(input.onDay, 'onDay', beijingDay(at)),
    summary: freeText(input.summary, 'summary'),
    doneBy: freeText(input.doneBy, 'doneBy', DOCUMENT_NUMBER),
    documentNumber: number ? freeText(number, 'documentNumber', DOCUMENT_NUMBER) : null,
  };
  return onDwelling(ctx, 'recordLeaseOperation', async (em) => {
    const dwelling = await dwellingOf(em, input.dwellingId);
    if (!BY_HAND.includes(kind)) throw new HubError('INVALID_INPUT', 'kind', '签约与租金由合同与台账记载');
    const { id: dwellingId, regionCode } = dwelling;
    const entry = { id: randomUUID(), regionCode, dwellingId, kind, amountFen, ...told };
    em.create(LeaseOperation, { ...entry, recordedAt: at, recordedBy: ctx.viewer.subject }, { persist: true });
    await em.flush();
    return dwelling;
  });
}
