import { carriedOutBy, clause } from '../../../src/clauses';
import type { RequestContext } from '../../../src/context';
import { queryInScope } from '../../../src/store/database';
import { readPage, type PageArgs } from '../../../src/store/page';
import type { Connection } from '../../../schema/page';
import type { DwellingDealing } from '../../../schema/supervision/dwelling-dealing';
import type { Dwelling, DwellingState } from '../../../schema/tenancy/dwelling';
import type { DwellingStep } from '../../../schema/tenancy/dwelling-step';
import type { LeaseOperation } from '../../../schema/tenancy/lease-operation';
import { groupedInOrder, loaderOf } from '../../loader';

const COLUMNS = `id, region_code as "regionCode", unit_code as "unitCode", project, address, programme, unit_type as "unitType", area_cm2 as "areaCm2",
  area_kind as "areaKind", owner, manager, rent_standard as "rentStandard", raising, state, version, recorded_at as "recordedAt", recorded_by as "recordedBy"`;
const PAGE = {
  name: 'dwellings-page',
  text: `select ${COLUMNS} from dwelling where region_code = any ($1::text[]) and ($2::text is null or state = $2)
         and (region_code, id) > ($3::text, $4::uuid) order by region_code, id limit $5`,
};
const STEPS = {
  name: 'steps-of-dwellings',
  text: `select id, dwelling_id as "dwellingId", version, kind, to_state as "toState", at, on_day as "onDay", taken_by as "takenBy", role, office,
           document_number as "documentNumber"
         from dwelling_step where dwelling_id = any ($1::uuid[]) order by version`,
};
/* Of rent only that it came, and when: how much is its payer's. */
const OPERATIONS = {
  name: 'lease-operations',
  text: `select o.dwelling_id as "dwellingId", o.kind, o.on_day as "onDay", o.summary, o.done_by as "doneBy", o.amount_fen as "amountFen",
           o.document_number as "documentNumber"
         from (
           select dwelling_id, kind, on_day, summary, done_by, amount_fen, document_number from lease_operation
           union all select k.dwelling_id, 'SIGNING', s.on_day, '签订合同', k.party, null, s.document_number
           from contract k join tenancy_step s on s.subject_id = k.id and s.kind = 'SIGNING'
           union all select k.dwelling_id, 'RENT', e.on_day, '收取租金', k.party, null, e.document_number
           from rent_entry e join contract k on k.id = e.contract_id where e.kind = 'PAYMENT'
         ) as o where o.dwelling_id = any ($1::uuid[]) order by o.on_day, o.kind`,
};
const DEALINGS = {
  name: 'dealings-of-dwellings',
  text: `select id, dwelling_id as "dwellingId", kind, answer, handling_body as "handlingBody", on_day as "onDay", document_number as "documentNumber",
           recorded_by as "recordedBy"
         from dwelling_dealing where dwelling_id = any ($1::uuid[]) order by on_day, recorded_at, id`,
};
const BEFORE_ALL = ['', '00000000-0000-0000-0000-000000000000'];

/** Dwellings of a region and everything below it. Throws PAGE_TOO_LARGE, INVALID_CURSOR. */
export function pageOfDwellings(
  { hub, viewer }: RequestContext,
  { region, state }: { readonly region: string; readonly state: DwellingState | null },
  args: PageArgs,
): Promise<Connection<Dwelling>> {
  return readPage<Dwelling>(hub.cursors, args, {
    list: ['dwellings', region, state ?? ''].join(' '),
    keyOf: ({ regionCode, id }) => [regionCode, id],
    read: (after, limit) => {
      const values = [hub.regions.scopeOf(region), state, ...(after ?? BEFORE_ALL), limit];
      return queryInScope<Dwelling>(hub.db.app, viewer.regions, { ...PAGE, values });
    },
  });
}

/** Steps of a dwelling, oldest first. */
export function dwellingStepsOf(ctx: RequestContext, dwellingId: string): Promise<DwellingStep[]> {
  const { hub, viewer } = ctx;
  const loader = loaderOf(ctx, 'steps of dwellings', async (ids) => {
    const rows = await queryInScope<DwellingStep>(hub.db.app, viewer.regions, { ...STEPS, values: [ids] });
    return groupedInOrder(ids, rows, (row) => row.dwellingId);
  });
  return loader.load(dwellingId);
}

/** What bodies did with a dwelling, the earliest first. */
export function dealingsOf(ctx: RequestContext, dwellingId: string): Promise<DwellingDealing[]> {
  const { hub, viewer } = ctx;
  const loader = loaderOf(ctx, 'dealings of dwellings', async (ids) => {
    const rows = await queryInScope<DwellingDealing>(hub.db.app, viewer.regions, { ...DEALINGS, values: [ids] });
    return groupedInOrder(ids, rows, (row) => row.dwellingId);
  });
  return loader.load(dwellingId);
}

/** 签约、租金收取、维修养护、物业管理: all four, of one dwelling. */
const SHOWN = carriedOutBy('DATA', clause('GX-9.2.1(1)'));

/** What was done with a dwelling, the earliest first. */
export function leaseOperationsOf(ctx: RequestContext, dwellingId: string): Promise<LeaseOperation[]> {
  const { hub, viewer } = ctx;
  const loader = loaderOf(ctx, 'lease operations', async (ids) => {
    const rows = await queryInScope<LeaseOperation>(hub.db.app, viewer.regions, { ...OPERATIONS, values: [ids] });
    SHOWN();
    return groupedInOrder(ids, rows, (row) => row.dwellingId);
  });
  return loader.load(dwellingId);
}
