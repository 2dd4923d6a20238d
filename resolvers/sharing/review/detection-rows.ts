import { beijingDay } from '../../../src/access/day';
import type { RequestContext } from '../../../src/context';
import { queryInScope } from '../../../src/store/database';
import { BEFORE_ALL_DAYS, readPage, type PageArgs } from '../../../src/store/page';
import type { Connection } from '../../../schema/page';
import type {
  DetectionFinding,
  DetectionKind,
  DetectionState,
  RegionRectification,
} from '../../../schema/review/detection-finding';

const PAGE = {
  name: 'detection-findings-page',
  text: `select id, region_code as "regionCode", household_id as "householdId", entitlement_id as "entitlementId", kind, ground, found_on as "foundOn",
           exit_id as "exitId", case_id as "caseId", state, cleared_on as "clearedOn"
         from detection_finding where region_code = any ($1) and ($2::text is null or kind = $2) and ($3::text is null or state = $3)
           and (found_on, id) > ($4::date, $5::uuid) order by found_on, id limit $6`,
};

export interface Filter {
  readonly region: string;
  readonly kind: DetectionKind | null;
  readonly state: DetectionState | null;
}

/** Findings in a region and everything below it, the oldest in front. Throws PAGE_TOO_LARGE, INVALID_CURSOR. */
export function pageOfDetections(
  { hub, viewer }: RequestContext,
  { region, kind, state }: Filter,
  args: PageArgs,
): Promise<Connection<DetectionFinding>> {
  return readPage<DetectionFinding>(hub.cursors, args, {
    list: `detection-findings ${region} ${kind ?? ''} ${state ?? ''}`,
    keyOf: ({ foundOn, id }) => [foundOn, id],
    read: (after, limit) => {
      const values = [hub.regions.scopeOf(region), kind, state, ...(after ?? BEFORE_ALL_DAYS), limit];
      return queryInScope<DetectionFinding>(hub.db.app, viewer.regions, { ...PAGE, values });
    },
  });
}

/* The catalogue in force today: of the nearest region that has one, the last that was made known. */
const RECTIFICATIONS = {
  name: 'rectifications',
  text: `
    select r.code as "regionCode", count(f.id)::int as found, (count(f.id) filter (where f.state = 'CLEARED'))::int as cleared,
      (count(f.id) filter (where f.state <> 'CLEARED'))::int as open, count(f.id) filter (where f.state <> 'CLEARED') = 0 as closed,
      (select p.document_number from region_lineage(r.code) l join parameter p on p.region_code is not distinct from l.code
         and p.code = 'high-end-vehicle.price-fen' and coalesce(p.programme, 'LOW_RENT') = 'LOW_RENT'
         where p.valid_from <= $2::date and (p.valid_to is null or p.valid_to >= $2::date) and p.known_from <= $3
         order by l.distance, p.known_from desc, p.valid_from desc limit 1) as "highEndCatalogue"
    from region r left join detection_finding f on f.region_code = r.code and f.kind = 'INELIGIBLE_CATEGORY'
    where r.code = any ($1) and r.level = 'COUNTY' group by r.code order by r.code`,
};

/** Every county of a region, with or without findings. */
export function rectificationsOf({ hub, viewer }: RequestContext, region: string): Promise<RegionRectification[]> {
  const now = hub.now();
  const own = hub.regions.scopeOf(region).filter((code) => viewer.regions.includes(code));
  const values = [own, beijingDay(now), now];
  return queryInScope<RegionRectification>(hub.db.app, viewer.regions, { ...RECTIFICATIONS, values });
}
