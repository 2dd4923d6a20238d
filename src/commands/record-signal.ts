import { randomUUID } from 'node:crypto';
import { LockMode } from '@mikro-orm/core';
import { beijingDay, monthsAfter } from '../access/day';
import { maybeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { applicantOf } from '../store/applicant';
import { pastDay } from '../store/paper';
import { parameterInForce } from '../store/parameter-in-force';
import { inUnit } from '../store/unit';
import { Household } from '../../schema/housing/household';
import { Inspection, InspectionState, Misuse, type Signal } from '../../schema/review/inspection';

export interface RecordSignal {
  readonly householdId: string;
  readonly kind: Misuse;
  readonly signal: Signal;
  /** 'YYYY-MM-DD', since when it has been seen; not after today. */
  readonly seenFrom: string;
  readonly note?: string | null;
}

/**
 * 登记线索 [IM-7.5–7.7]: something seen of a dwelling's use opens an inspection: at once, or, where it stands empty, when it has
 * done so for as long as the law lets it. Nothing else follows. Errors: NOT_FOUND, ALREADY_WATCHED, PARAMETER_UNSET, INVALID_INPUT.
 */
export async function recordSignal(ctx: RequestContext, input: RecordSignal): Promise<Inspection> {
  const now = ctx.hub.now();
  const today = beijingDay(now);
  const seenFrom = pastDay(input.seenFrom, 'seenFrom', today);
  const signalNote = maybeText(input.note, 'note');
  const { householdId, kind, signal } = input;
  return inUnit(ctx, 'recordSignal', async (em, client) => {
    const household = await em.findOne(Household, { id: householdId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!household || household.closedOn) throw new HubError('NOT_FOUND', 'householdId');
    const open = { householdId, kind, state: { $in: [InspectionState.WATCHING, InspectionState.OPEN] } };
    if (await em.count(Inspection, open)) throw new HubError('ALREADY_WATCHED', 'kind');
    const { regionCode } = household;
    const opensOn =
      kind === Misuse.VACANT
        ? monthsAfter(seenFrom, await parameterInForce(client, 'vacancy.months', regionCode, today, now))
        : seenFrom;
    const inspection = em.create(Inspection, {
      ...{ id: randomUUID(), regionCode, householdId, kind, signal, seenFrom, opensOn, signalNote },
      ...{
        signalledBy: ctx.viewer.subject,
        signalledAt: now,
        inspectedOn: null,
        resultNote: null,
        inspectedBy: null,
        useState: null,
      },
      state: opensOn <= today ? InspectionState.OPEN : InspectionState.WATCHING,
    });
    await em.persist(inspection).flush();
    return Object.assign(inspection, { personId: await applicantOf(client, householdId) });
  });
}
