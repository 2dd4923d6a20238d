import { randomUUID } from 'node:crypto';
import { beijingDay } from '../access/day';
import { maybeText } from '../access/free-text';
import { webAddress } from '../access/web-address';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { batchOf, onAllocation, type OnBatch } from '../store/allocation/records';
import { pastDay } from '../store/paper';
import type { AllocationBatch } from '../../schema/allocation/allocation-batch';
import { AllocationBatchStep } from '../../schema/allocation/batch-step';
import type { AllocationStep } from '../../schema/allocation/step';

export interface RecordAllocationStep extends OnBatch {
  readonly step: AllocationStep;
  /** Left out where it is not known. */
  readonly onDay?: string | null;
  /** SHA-256 of what shows that it was done, hex; or where that can be read. */
  readonly evidenceHash?: string | null;
  readonly evidenceUrl?: string | null;
  /** Why a step that is on record already is recorded anew. */
  readonly correction?: string | null;
}

/**
 * 登记批次环节的办理: any step of the table, in the bound procedure or not and in whatever order it was taken: what did not go by the
 * rules is to be seen, not to be hidden. Errors: NOT_FOUND, STALE_VERSION, FORBIDDEN, ILLEGAL_MOVE, INVALID_INPUT naming the field.
 */
export async function recordAllocationStep(ctx: RequestContext, input: RecordAllocationStep): Promise<AllocationBatch> {
  const { hub, viewer } = ctx;
  const { step, onDay, evidenceHash } = input;
  return onAllocation(ctx, 'recordAllocationStep', async (em) => {
    const batch = await batchOf(em, viewer, input);
    if (evidenceHash && !/^[0-9a-f]{64}$/.test(evidenceHash))
      throw new HubError('INVALID_INPUT', 'evidenceHash', '须为 64 位小写十六进制数');
    em.create(
      AllocationBatchStep,
      {
        ...{ id: randomUUID(), regionCode: batch.regionCode, batchId: batch.id, version: input.version, step },
        onDay: onDay ? pastDay(onDay, 'onDay', beijingDay(hub.now())) : null,
        ...{ at: hub.now(), takenBy: viewer.subject, role: viewer.role, office: viewer.office },
        ...{ evidenceHash: evidenceHash ?? null, evidenceUrl: webAddress(input.evidenceUrl, 'evidenceUrl') },
        correction: maybeText(input.correction, 'correction'),
      },
      { persist: true },
    );
    await em.flush();
    return (await em.refresh(batch))!;
  });
}
