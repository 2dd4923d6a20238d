import { LockMode } from '@mikro-orm/core';
import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { applicantOf } from '../store/applicant';
import { pastDay } from '../store/paper';
import { inUnit } from '../store/unit';
import { Inspection, InspectionState, type InspectionResult } from '../../schema/review/inspection';
import { inspectionMoves, move } from '../../schema/transitions';

export interface CloseInspection {
  readonly inspectionId: string;
  readonly result: InspectionResult;
  /** 'YYYY-MM-DD', from the day of the signal on and not after today. */
  readonly inspectedOn: string;
  readonly record: string;
}

/**
 * 巡查结果: what an officer found. 属实 lets an exit be decided; it decides nothing. Errors: NOT_FOUND, ILLEGAL_MOVE, INVALID_INPUT
 * naming the field.
 */
export async function closeInspection(ctx: RequestContext, input: CloseInspection): Promise<Inspection> {
  const inspectedOn = pastDay(input.inspectedOn, 'inspectedOn', beijingDay(ctx.hub.now()));
  const resultNote = freeText(input.record, 'record');
  return inUnit(ctx, 'closeInspection', async (em, client) => {
    const inspection = await em.findOne(
      Inspection,
      { id: input.inspectionId },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (!inspection) throw new HubError('NOT_FOUND', 'inspectionId');
    if (inspectedOn < inspection.seenFrom) throw new HubError('INVALID_INPUT', 'inspectedOn', '不得早于线索起始之日');
    inspection.state = move(inspectionMoves, inspection.state, InspectionState[input.result]);
    await em.persist(Object.assign(inspection, { inspectedOn, resultNote, inspectedBy: ctx.viewer.subject })).flush();
    return Object.assign(inspection, { personId: await applicantOf(client, inspection.householdId) });
  });
}
