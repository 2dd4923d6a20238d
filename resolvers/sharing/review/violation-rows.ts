import type { PersonalSelect } from '../../../src/audit/reads';
import type { RequestContext } from '../../../src/context';
import { BEFORE_ALL_DAYS, readPage, type PageArgs } from '../../../src/store/page';
import { readPersonal } from '../../../src/store/reads';
import type { Connection } from '../../../schema/page';
import type { Violation, ViolationState } from '../../../schema/review/violation';

/** What was investigated speaks of the applicant of the file. */
const PAGE: PersonalSelect = {
  name: 'violations-page',
  takes: 5,
  text: `select a.person_id, a.person_id as "personId", v.id, v.region_code as "regionCode", v.household_id as "householdId", v.inspection_id as "inspectionId",
           v.kind, v.office, v.state, v.opened_on as "openedOn", v.investigation, v.decision, v.document_number as "documentNumber", v.decided_on as "decidedOn",
           v.decided_by as "decidedBy"
         from violation v
         left join lateral (
           select person_id from household_member m where m.household_id = v.household_id and m.relation = 'APPLICANT' order by m.from_date desc, m.id limit 1
         ) as a on true
         where v.region_code = any ($1) and ($2::text is null or v.state = $2) and (v.opened_on, v.id) > ($3::date, $4::uuid)
         order by v.opened_on, v.id limit $5`,
};

/** Violations in a region and everything below it, the oldest in front. Throws PAGE_TOO_LARGE, INVALID_CURSOR. */
export function pageOfViolations(
  ctx: RequestContext,
  region: string,
  state: ViolationState | null,
  args: PageArgs,
): Promise<Connection<Violation>> {
  return readPage<Violation>(ctx.hub.cursors, args, {
    list: `violations ${region} ${state ?? ''}`,
    keyOf: ({ openedOn, id }) => [openedOn, id],
    read: (after, limit) => {
      const values = [ctx.hub.regions.scopeOf(region), state, ...(after ?? BEFORE_ALL_DAYS), limit];
      return readPersonal<Violation>(ctx.hub.db.app, PAGE, values, { source: 'sharing', fields: ['violation'] }, ctx);
    },
  });
}
