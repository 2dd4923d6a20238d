import type { PersonalSelect } from '../../../src/audit/reads';
import type { RequestContext } from '../../../src/context';
import { queryInScope } from '../../../src/store/database';
import { BEFORE_ALL_DAYS, readPage, type PageArgs } from '../../../src/store/page';
import { readPersonal } from '../../../src/store/reads';
import type { Connection } from '../../../schema/page';
import type { ExitCase } from '../../../schema/review/exit-case';
import type { Inspection, InspectionState, SignalRecord } from '../../../schema/review/inspection';

/** Notes speak of the applicant of the file. */
const PAGE: PersonalSelect = {
  name: 'inspections-page',
  takes: 5,
  text: `select a.person_id, a.person_id as "personId", i.id, i.region_code as "regionCode", i.household_id as "householdId", i.kind, i.signal,
           i.seen_from as "seenFrom", i.opens_on as "opensOn", i.signal_note as "signalNote", i.signalled_by as "signalledBy",
           i.signalled_at as "signalledAt", i.state, i.use_state as "useState", i.inspected_on as "inspectedOn", i.result_note as "resultNote", i.inspected_by as "inspectedBy"
         from (
           select * from inspection where region_code = any ($1) and ($2::text is null or state = $2) and (opens_on, id) > ($3::date, $4::uuid)
           order by opens_on, id limit $5
         ) as i
         left join lateral (
           select person_id from household_member m where m.household_id = i.household_id and m.relation = 'APPLICANT' order by m.from_date desc, m.id limit 1
         ) as a on true
         order by i.opens_on, i.id`,
};
const EXITS = {
  name: 'exit-cases-page',
  text: `select id, region_code as "regionCode", household_id as "householdId", review_id as "reviewId", ground, basis, opened_on as "openedOn",
           vacate_by as "vacateBy", state, version
         from exit_case where region_code = any ($1) and ($2::uuid is null or $2 in (id, household_id)) and (vacate_by, id) > ($3::date, $4::uuid)
         order by vacate_by, id limit $5`,
};
const RECORD = {
  name: 'signal-record',
  text: `select signal, kind, count(*) filter (where state in ('WATCHING', 'OPEN'))::int as open, count(*) filter (where state = 'CONFIRMED')::int as confirmed,
           count(*) filter (where state = 'EXCUSED')::int as excused, count(*) filter (where state = 'FALSE_ALARM')::int as "falseAlarms"
         from inspection where region_code = any ($1) group by signal, kind order by signal, kind`,
};

/** Inspections in a region and everything below it, the earliest due in front. Throws PAGE_TOO_LARGE, INVALID_CURSOR. */
export function pageOfInspections(
  ctx: RequestContext,
  region: string,
  state: InspectionState | null,
  args: PageArgs,
): Promise<Connection<Inspection>> {
  const { hub } = ctx;
  return readPage<Inspection>(hub.cursors, args, {
    list: `inspections ${region} ${state ?? ''}`,
    keyOf: ({ opensOn, id }) => [opensOn, id],
    read: (after, limit) => {
      const values = [hub.regions.scopeOf(region), state, ...(after ?? BEFORE_ALL_DAYS), limit];
      return readPersonal<Inspection>(hub.db.app, PAGE, values, { source: 'sharing', fields: ['inspection'] }, ctx);
    },
  });
}

/** Exit cases in a region and everything below it, or this one, or those of this household; the earliest deadline in front. Throws PAGE_TOO_LARGE, INVALID_CURSOR. */
export function pageOfExits(
  { hub, viewer }: RequestContext,
  region: string,
  of: string | null,
  args: PageArgs,
): Promise<Connection<ExitCase>> {
  return readPage<ExitCase>(hub.cursors, args, {
    list: `exit-cases ${region} ${of ?? ''}`,
    keyOf: ({ vacateBy, id }) => [vacateBy, id],
    read: (after, limit) => {
      const values = [hub.regions.scopeOf(region), of, ...(after ?? BEFORE_ALL_DAYS), limit];
      return queryInScope<ExitCase>(hub.db.app, viewer.regions, { ...EXITS, values });
    },
  });
}

export function signalRecordOf({ hub, viewer }: RequestContext, region: string): Promise<SignalRecord[]> {
  const query = { ...RECORD, values: [hub.regions.scopeOf(region)] };
  return queryInScope<SignalRecord>(hub.db.app, viewer.regions, query);
}
