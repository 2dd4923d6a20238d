import type { PersonalSelect } from '../../../src/audit/reads';
import type { RequestContext } from '../../../src/context';
import { queryInScope } from '../../../src/store/database';
import { BEFORE_ALL_DAYS, readPage, type PageArgs } from '../../../src/store/page';
import { readPersonal } from '../../../src/store/reads';
import type { SpotCheck, SpotCheckFile, SpotRate } from '../../../schema/archive/spot-check';
import type { Connection } from '../../../schema/page';

const PAGE = {
  name: 'spot-checks-page',
  text: `select id, region_code as "regionCode", year, seed, size, of_files as "ofFiles", drawn_at as "drawnAt", drawn_by as "drawnBy", role, office
         from spot_check where region_code = any ($1::text[]) and ($2::int is null or year = $2) and (drawn_at, id) > ($3::timestamptz, $4::uuid)
         order by drawn_at, id limit $5`,
};
const FILES: PersonalSelect = {
  name: 'files-of-spot-check',
  takes: 1,
  text: `select case when s.defects is not null then m.person_id end as person_id, m.person_id as "personId", s.check_id as "checkId", s.place,
           s.region_code as "regionCode", s.file_id as "fileId", s.found, s.defects, s.checked_on as "checkedOn", s.checked_by as "checkedBy"
         from spot_check_file s join archive_file f on f.id = s.file_id
         left join lateral (select archive_person(f.household_id) as person_id) as m on true
         where s.check_id = $1 order by s.place`,
};
const RATES = {
  name: 'rates-of-spot-check',
  text: `select region_code as "regionCode", count(*)::int as checked, count(*) filter (where found = 'IN_ORDER')::int as "inOrder"
         from spot_check_file where check_id = $1 and found is not null group by region_code order by region_code`,
};

/** Spot checks of a region and everything below it. Throws PAGE_TOO_LARGE, INVALID_CURSOR. */
export function pageOfSpotChecks(
  { hub, viewer }: RequestContext,
  region: string,
  year: number | null,
  args: PageArgs,
): Promise<Connection<SpotCheck>> {
  return readPage<SpotCheck>(hub.cursors, args, {
    list: ['spotChecks', region, year ?? ''].join(' '),
    keyOf: ({ drawnAt, id }) => [drawnAt.toISOString(), id],
    read: (after, limit) => {
      const values = [hub.regions.scopeOf(region), year, ...(after ?? BEFORE_ALL_DAYS), limit];
      return queryInScope<SpotCheck>(hub.db.app, viewer.regions, { ...PAGE, values });
    },
  });
}

/** Files drawn, in their order: a look at the applicant where defects are written of one. */
export const filesOfCheck = (ctx: RequestContext, checkId: string): Promise<SpotCheckFile[]> =>
  readPersonal<SpotCheckFile>(ctx.hub.db.app, FILES, [checkId], { source: 'housing', fields: ['spotCheckFile'] }, ctx);

/** How many of those looked at were in order, by office. */
export async function ratesOfCheck({ hub, viewer }: RequestContext, checkId: string): Promise<SpotRate[]> {
  const query = { ...RATES, values: [checkId] };
  const rows = await queryInScope<Omit<SpotRate, 'rate'>>(hub.db.app, viewer.regions, query);
  return rows.map((row) => ({ ...row, rate: row.inOrder / row.checked }));
}
