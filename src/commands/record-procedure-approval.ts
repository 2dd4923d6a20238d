import { beijingDay, isDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { onAllocation, procedureOf, type OnProcedure } from '../store/allocation/records';
import { restsOnApproval } from '../store/allocation/refusals';
import { DOCUMENT_NUMBER, pastDay } from '../store/paper';
import { AllocationProcedureState, type AllocationProcedure } from '../../schema/allocation/allocation-procedure';

export interface RecordProcedureApproval extends OnProcedure {
  /** 批准机关全称: the people's government of the region itself. */
  readonly approvingBody: string;
  readonly documentNumber: string;
  readonly approvedOn: string;
  /** From which day on it is in force, in place of the version before. */
  readonly validFrom: string;
}

/** Whose feed shows it: the id of a public document. */
const FEED = 'allocation-procedures';
const BODY = 60;

/**
 * 登记同级人民政府的批准 [GX-6.2.1(1)]: with it the text is public. Errors: NOT_FOUND, STALE_VERSION, FORBIDDEN, ILLEGAL_MOVE, NOT_SAME_LEVEL,
 * INVALID_INPUT naming the field.
 */
export async function recordProcedureApproval(
  ctx: RequestContext,
  input: RecordProcedureApproval,
): Promise<AllocationProcedure> {
  const { hub, viewer } = ctx;
  const { approvedOn, validFrom } = input;
  const approved = await onAllocation(ctx, 'recordProcedureApproval', async (em) => {
    const procedure = await procedureOf(em, viewer, input);
    if (!isDay(validFrom)) throw new HubError('INVALID_INPUT', 'validFrom', '日期须为 YYYY-MM-DD');
    return Object.assign(procedure, {
      ...{ state: AllocationProcedureState.APPROVED, edition: input.edition + 1, validFrom },
      approvingBody: freeText(input.approvingBody, 'approvingBody', BODY),
      documentNumber: freeText(input.documentNumber, 'documentNumber', DOCUMENT_NUMBER),
      approvedOn: pastDay(approvedOn, 'approvedOn', beijingDay(hub.now())),
      ...{ approvalRecordedAt: hub.now(), approvalRecordedBy: viewer.subject },
    });
  });
  await hub.pages.drop(FEED);
  restsOnApproval();
  return approved;
}
