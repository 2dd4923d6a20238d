import { LockMode } from '@mikro-orm/core';
import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import { carriedOutBy, clause, guardOf } from '../clauses';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { applicantOf } from '../store/applicant';
import { pastDay } from '../store/paper';
import { refusedBy } from '../store/in-words';
import { inUnit } from '../store/unit';
import { Inspection, InspectionState, type InspectionResult, type UseState } from '../../schema/review/inspection';
import { inspectionMoves, move } from '../../schema/transitions';

export interface CloseInspection {
  readonly inspectionId: string;
  readonly result: InspectionResult;
  /** What the visit saw. */
  readonly use: UseState;
  /** 'YYYY-MM-DD', from the day of the signal on and not after today. */
  readonly inspectedOn: string;
  readonly record: string;
}

/** 自住、闲置、出租、出借、出售及住房用途: one of them, and the one that bears what is found. */
const USE_SEEN = guardOf(clause('GX-9.2.1(4)'));
/** What is confirmed opens the task of ordering the exit. */
const ORDER_DUE = carriedOutBy('MEASURE', clause('IM-7.5', 'IM-7.6'));

/**
 * 巡查结果 [GX-9.2.1(4)]: what an officer saw and found. 属实 opens a violation, which somebody has to decide; it decides nothing. Errors: NOT_FOUND, ILLEGAL_MOVE, INVALID_INPUT
 * naming the field.
 */
export async function closeInspection(ctx: RequestContext, input: CloseInspection): Promise<Inspection> {
  const closed = await visited(ctx, input).catch((error: unknown) => {
    if (refusedBy(error) !== 'inspection_use') throw error;
    const why = '与巡查结果不符：属实须为违规的使用状态，不属实须为自住或闲置';
    throw USE_SEEN.refuse(new HubError('INVALID_INPUT', 'use', why));
  });
  USE_SEEN.let();
  if (closed.state === InspectionState.CONFIRMED) ORDER_DUE();
  return closed;
}

async function visited(ctx: RequestContext, input: CloseInspection): Promise<Inspection> {
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
    const seen = { inspectedOn, resultNote, useState: input.use, inspectedBy: ctx.viewer.subject };
    await em.persist(Object.assign(inspection, seen)).flush();
    return Object.assign(inspection, { personId: await applicantOf(client, inspection.householdId) });
  });
}
