import { randomUUID } from 'node:crypto';
import { beijingDay } from '../access/day';
import { freeText, maybeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { DOCUMENT_NUMBER, pastDay } from '../store/paper';
import { dwellingOf, onDwelling } from '../store/tenancy/dwelling-step';
import type { Dwelling } from '../../schema/tenancy/dwelling';
import { DwellingDealing, type DealingAnswer, type DealingKind } from '../../schema/supervision/dwelling-dealing';

export interface RecordDwellingDealing {
  readonly dwellingId: string;
  readonly kind: DealingKind;
  readonly answer: DealingAnswer;
  readonly handlingBody: string;
  readonly onDay: string;
  readonly documentNumber?: string | null;
}

/** 登记涉及一套保障住房的业务, as the body that handles such business told, or that it told nothing. Errors: NOT_FOUND, INVALID_INPUT. */
export async function recordDwellingDealing(ctx: RequestContext, input: RecordDwellingDealing): Promise<Dwelling> {
  const at = ctx.hub.now();
  const told = {
    handlingBody: freeText(input.handlingBody, 'handlingBody', DOCUMENT_NUMBER),
    onDay: pastDay(input.onDay, 'onDay', beijingDay(at)),
    documentNumber: maybeText(input.documentNumber, 'documentNumber'),
  };
  return onDwelling(ctx, 'recordDwellingDealing', async (em) => {
    const dwelling = await dwellingOf(em, input.dwellingId);
    const { id: dwellingId, regionCode } = dwelling;
    const { kind, answer } = input;
    const entry = { id: randomUUID(), regionCode, dwellingId, kind, answer, ...told };
    em.create(DwellingDealing, { ...entry, recordedAt: at, recordedBy: ctx.viewer.subject }, { persist: true });
    await em.flush();
    return dwelling;
  });
}
