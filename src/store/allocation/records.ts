import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Viewer } from '../../access/viewer';
import { HubError } from '../../errors';
import { inUnit, type Work } from '../unit';
import { toldOfAllocation } from './refusals';
import { AllocationBatch } from '../../../schema/allocation/allocation-batch';
import { AllocationProcedure, AllocationProcedureState } from '../../../schema/allocation/allocation-procedure';

/** Which procedure, as the caller has seen it: somebody who was faster makes it STALE_VERSION. */
export interface OnProcedure {
  readonly procedureId: string;
  readonly edition: number;
}

/** Which batch, as the caller has seen it. */
export interface OnBatch {
  readonly batchId: string;
  readonly version: number;
}

type Acting = Parameters<typeof inUnit>[0];

/** One transaction about procedures and batches; what the database refuses is told in the words of the catalogue. */
export const onAllocation = async <T>(ctx: Acting, verb: string, work: Work<T>): Promise<T> =>
  inUnit(ctx, verb, async (em, client) => {
    const done = await work(em, client);
    await em.flush();
    return done;
  }).catch((error: unknown) => {
    throw toldOfAllocation(error);
  });

/** In scope, and held until the end of the transaction. Errors: NOT_FOUND, STALE_VERSION, FORBIDDEN for another office than its own. */
export async function procedureOf(
  em: EntityManager,
  viewer: Viewer,
  { procedureId: id, edition }: OnProcedure,
): Promise<AllocationProcedure> {
  const found = await em.findOne(AllocationProcedure, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!found) throw new HubError('NOT_FOUND', 'procedureId');
  if (found.edition !== edition) throw new HubError('STALE_VERSION', 'edition');
  refuseOthers(viewer, found.regionCode, 'procedureId');
  return found;
}

/** The same of a batch. */
export async function batchOf(
  em: EntityManager,
  viewer: Viewer,
  { batchId: id, version }: OnBatch,
): Promise<AllocationBatch> {
  const found = await em.findOne(AllocationBatch, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!found) throw new HubError('NOT_FOUND', 'batchId');
  if (found.version !== version) throw new HubError('STALE_VERSION', 'version');
  refuseOthers(viewer, found.regionCode, 'batchId');
  return found;
}

/** 市、县: each office acts for its own region, and the one above it for none below. Error: FORBIDDEN. */
export function refuseOthers({ office }: Viewer, region: string, field: string): void {
  if (office !== region) throw new HubError('FORBIDDEN', field);
}

/** Of a region: the draft that is still written, and the number of its last version. */
export async function draftOf(em: EntityManager, regionCode: string): Promise<[AllocationProcedure | null, number]> {
  const draft = await em.findOne(
    AllocationProcedure,
    { regionCode, state: AllocationProcedureState.DRAFT },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  const [last] = await em.find(AllocationProcedure, { regionCode }, { orderBy: { version: 'desc' }, limit: 1 });
  return [draft, last?.version ?? 0];
}
