import type { RequestContext } from '../../../src/context';
import { queryInScope } from '../../../src/store/database';
import { readPage, type PageArgs } from '../../../src/store/page';
import type { Connection } from '../../../schema/page';
import type { Dwelling, DwellingState } from '../../../schema/tenancy/dwelling';
import type { DwellingStep } from '../../../schema/tenancy/dwelling-step';
import { groupedInOrder, loaderOf } from '../../loader';

const COLUMNS = `id, region_code as "regionCode", unit_code as "unitCode", project, address, programme, unit_type as "unitType", area_cm2 as "areaCm2",
  area_kind as "areaKind", owner, manager, rent_standard as "rentStandard", state, version, recorded_at as "recordedAt", recorded_by as "recordedBy"`;
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
