import type { RequestContext } from '../../../src/context';
import { compareWithLaw, compareWithProcedure, type Demand } from '../../../src/engine/allocation/compare';
import { queryInScope } from '../../../src/store/database';
import { readPage, type PageArgs } from '../../../src/store/page';
import type { AllocationBatch, AllocationBatchState } from '../../../schema/allocation/allocation-batch';
import type { AllocationProcedure } from '../../../schema/allocation/allocation-procedure';
import type { BatchCheck } from '../../../schema/allocation/batch-check';
import type { AllocationBatchStep } from '../../../schema/allocation/batch-step';
import { LEGAL_RULES } from '../../../schema/allocation/legal-rules';
import type { AllocationStep } from '../../../schema/allocation/step';
import type { Connection } from '../../../schema/page';
import { groupedInOrder, inOrder, loaderOf } from '../../loader';

const PROCEDURE = `p.id, p.region_code as "regionCode", p.version, p.edition, p.state, p.title, p.text, p.legal_basis as "legalBasis", p.steps,
  p.drafted_at as "draftedAt", p.drafted_by as "draftedBy", p.submitted_on as "submittedOn", p.submitted_by as "submittedBy",
  p.approving_body as "approvingBody", p.document_number as "documentNumber", p.approved_on as "approvedOn", p.valid_from as "validFrom",
  (select min(n.valid_from) - 1 from allocation_procedure n where n.region_code = p.region_code and n.state = 'APPROVED' and n.valid_from > p.valid_from) as "validTo",
  p.approval_recorded_at as "approvalRecordedAt", p.approval_recorded_by as "approvalRecordedBy"`;
const PROCEDURES = {
  name: 'allocation-procedures-page',
  text: `select ${PROCEDURE} from allocation_procedure p where p.region_code = any ($1::text[])
         and (p.region_code, -p.version) > ($2::text, $3::int) order by p.region_code, -p.version limit $4`,
};
const PROCEDURES_BY_ID = {
  name: 'allocation-procedures',
  text: `select ${PROCEDURE} from allocation_procedure p where p.id = any ($1::uuid[])`,
};
const BATCHES = {
  name: 'allocation-batches-page',
  text: `select id, region_code as "regionCode", name, procedure_id as "procedureId", state, version, opened_on as "openedOn", opened_at as "openedAt",
           opened_by as "openedBy", closed_on as "closedOn", closed_by as "closedBy"
         from allocation_batch where region_code = any ($1::text[]) and ($2::text is null or state = $2)
         and (region_code, id) > ($3::text, $4::uuid) order by region_code, id limit $5`,
};
const STEPS = {
  name: 'steps-of-allocation-batches',
  text: `select id, batch_id as "batchId", version, step, on_day as "onDay", at, taken_by as "takenBy", role, office, evidence_hash as "evidenceHash",
           evidence_url as "evidenceUrl", correction
         from allocation_batch_step where batch_id = any ($1::uuid[]) order by version`,
};
/* A number that nobody has verified is demanded by nobody: the nearest region's word counts, as in 0050. */
const DEMANDS = {
  name: 'demands-of-allocation-batches',
  text: `select w.ordinal::int - 1 as at, d.value::int as value, d.document_number as "documentNumber"
         from unnest($1::text[], $2::text[], $3::date[]) with ordinality as w (code, region, day, ordinal) cross join lateral (
           select p.value, p.document_number, p.mark from region_lineage(w.region) l
           join parameter p on p.code = w.code and p.programme is null and p.region_code is not distinct from l.code
           where p.valid_from <= w.day and coalesce(p.valid_to >= w.day, true) and p.known_from <= $4
           order by l.distance, p.known_from desc, p.valid_from desc limit 1) d
         where d.mark <> 'UNVERIFIED'`,
};
const BEFORE_ALL = ['', '00000000-0000-0000-0000-000000000000'];
/** Before every version of every region: the latest comes first. */
const BEFORE_ALL_VERSIONS = ['', -(2 ** 31)];

/** Procedures of a region and everything below it, each region's latest version first. Throws PAGE_TOO_LARGE, INVALID_CURSOR. */
export function pageOfProcedures(
  { hub, viewer }: RequestContext,
  region: string,
  args: PageArgs,
): Promise<Connection<AllocationProcedure>> {
  return readPage<AllocationProcedure>(hub.cursors, args, {
    list: `allocationProcedures ${region}`,
    keyOf: ({ regionCode, version }) => [regionCode, -version],
    read: (after, limit) => {
      const values = [hub.regions.scopeOf(region), ...(after ?? BEFORE_ALL_VERSIONS), limit];
      return queryInScope<AllocationProcedure>(hub.db.app, viewer.regions, { ...PROCEDURES, values });
    },
  });
}

/** Batches of a region and everything below it. Throws PAGE_TOO_LARGE, INVALID_CURSOR. */
export function pageOfBatches(
  { hub, viewer }: RequestContext,
  { region, state }: { readonly region: string; readonly state: AllocationBatchState | null },
  args: PageArgs,
): Promise<Connection<AllocationBatch>> {
  return readPage<AllocationBatch>(hub.cursors, args, {
    list: ['allocationBatches', region, state ?? ''].join(' '),
    keyOf: ({ regionCode, id }) => [regionCode, id],
    read: (after, limit) => {
      const values = [hub.regions.scopeOf(region), state, ...(after ?? BEFORE_ALL), limit];
      return queryInScope<AllocationBatch>(hub.db.app, viewer.regions, { ...BATCHES, values });
    },
  });
}

/** The version a batch is bound to. */
export async function procedureOfBatch(ctx: RequestContext, id: string): Promise<AllocationProcedure> {
  const { hub, viewer } = ctx;
  const loader = loaderOf(ctx, 'allocation procedures', async (ids) => {
    const query = { ...PROCEDURES_BY_ID, values: [ids] };
    return inOrder(ids, await queryInScope<AllocationProcedure>(hub.db.app, viewer.regions, query), (row) => row.id);
  });
  return (await loader.load(id))!;
}

/** What is on record of a batch, oldest first. */
export function stepsOfBatch(ctx: RequestContext, batchId: string): Promise<AllocationBatchStep[]> {
  const { hub, viewer } = ctx;
  const loader = loaderOf(ctx, 'steps of allocation batches', async (ids) => {
    const rows = await queryInScope<AllocationBatchStep>(hub.db.app, viewer.regions, { ...STEPS, values: [ids] });
    return groupedInOrder(ids, rows, (row) => row.batchId);
  });
  return loader.load(batchId);
}

interface Demanded {
  readonly at: number;
  readonly value: number;
  readonly documentNumber: string;
}

/** Numbers in force in a region on a day; each null where no document gives one. */
async function demandsOf(
  ctx: RequestContext,
  region: string,
  asked: readonly (readonly [code: string, day: string])[],
): Promise<Demand[]> {
  const { hub, viewer } = ctx;
  const loader = loaderOf(ctx, 'demands of allocation batches', async (keys) => {
    const of = keys.map((key) => key.split(' '));
    const values = [...[0, 1, 2].map((part) => of.map((each) => each[part])), hub.now()];
    const rows = await queryInScope<Demanded>(hub.db.app, viewer.regions, { ...DEMANDS, values });
    return keys.map((_, at) => rows.find((row) => row.at === at) ?? null);
  });
  return Promise.all(asked.map(([code, day]) => loader.load([code, region, day].join(' '))));
}

export type Compared = Pick<AllocationBatch, 'id' | 'regionCode' | 'procedureId' | 'state' | 'openedOn'>;

/**
 * A batch beside its bound version and the law. Of a period the number in force on the day on which it began counts, of
 * everything else that on the day on which the batch was opened.
 */
export async function checksOfBatch(ctx: RequestContext, batch: Compared): Promise<BatchCheck[]> {
  const [{ steps: order, documentNumber }, records] = await Promise.all([
    procedureOfBatch(ctx, batch.procedureId),
    stepsOfBatch(ctx, batch.id),
  ]);
  const taken = new Map<AllocationStep, string | null>(records.map(({ step, onDay }) => [step, onDay]));
  const recorded = { taken, closed: batch.state === 'CLOSED' };
  const asked = LEGAL_RULES.map(({ code, kind, step }) => {
    const began = kind === 'LEAST_DAYS' ? taken.get(step) : null;
    return [code, began ?? batch.openedOn] as const;
  });
  const demands = await demandsOf(ctx, batch.regionCode, asked);
  const ofLaw = LEGAL_RULES.map((rule, at) => compareWithLaw(rule, demands[at] ?? null, recorded));
  return [...compareWithProcedure(order, recorded, documentNumber), ...ofLaw.filter((check) => check !== null)];
}
