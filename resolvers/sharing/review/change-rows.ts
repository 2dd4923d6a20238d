import { beijingDay } from '../../../src/access/day';
import type { PersonalSelect } from '../../../src/audit/reads';
import type { RequestContext } from '../../../src/context';
import { queryInScope } from '../../../src/store/database';
import { BEFORE_ALL_DAYS, readPage, type PageArgs } from '../../../src/store/page';
import { readPersonal } from '../../../src/store/reads';
import { WATCHED } from '../../../src/store/watched';
import type { Connection } from '../../../schema/page';
import type { Change, ChangeState, ChangeWatch } from '../../../schema/review/change';

const PAGE: PersonalSelect = {
  name: 'changes-page',
  takes: 5,
  text: `select person_id, person_id as "personId", id, region_code as "regionCode", household_id as "householdId", case_id as "caseId",
           letter_id as "letterId", kind, source, item, dated_on as "datedOn", seen_on as "seenOn", query_id as "queryId", state, notified_on as "notifiedOn",
           reply_by as "replyBy", reply_by_provisional as "replyByProvisional", reply, replied_on as "repliedOn", outcome, cross_check_id as "crossCheckId", result,
           closing_note as "closingNote", closed_on as "closedOn", closed_by as "closedBy"
         from change where region_code = any ($1) and ($2::text is null or state = $2) and (seen_on, id) > ($3::date, $4::uuid)
         order by seen_on, id limit $5`,
};

/** Changes in a region and everything below it, those seen first in front. Throws PAGE_TOO_LARGE, INVALID_CURSOR. */
export function pageOfChanges(
  ctx: RequestContext,
  region: string,
  state: ChangeState | null,
  args: PageArgs,
): Promise<Connection<Change>> {
  const { hub } = ctx;
  return readPage<Change>(hub.cursors, args, {
    list: `changes ${region} ${state ?? ''}`,
    keyOf: ({ seenOn, id }) => [seenOn, id],
    read: (after, limit) => {
      const values = [hub.regions.scopeOf(region), state, ...(after ?? BEFORE_ALL_DAYS), limit];
      return readPersonal<Change>(hub.db.app, PAGE, values, { source: 'sharing', fields: ['change'] }, ctx);
    },
  });
}

/* Each household with an open re-check case is in one class, whatever is written or not. */
const WATCH = {
  name: 'change-watch',
  text: `
    with watched as (
      select household_id, bool_and(looked) as looked from (${WATCHED}) as w group by household_id
    ), open as (
      select c.household_id, bool_or(i.days is null) as unset
      from housing_case c
      join (select code, parameter_in_force('watch.interval-days', code, $2::date, $3) as days from unnest($1::text[]) as code) i on i.code = c.region_code
      where c.region_code = any ($1) and c.kind = 'RE_CHECK' and c.closed_on is null group by c.household_id
    )
    select parameter_in_force('watch.interval-days', $4, $2::date, $3)::int as "intervalDays", count(*)::int as households,
      count(w.household_id)::int as watched, (count(*) filter (where w.looked))::int as "lookedSince", (count(*) filter (where not w.looked))::int as "notAnswered",
      (count(*) - count(w.household_id))::int as paused, (count(*) filter (where o.unset))::int as "withoutInterval",
      (select count(*)::int from change where region_code = any ($1) and state <> 'CLOSED') as open
    from open o left join watched w using (household_id)`,
};

/** All in a region and everything below it, of one snapshot. */
export async function changeWatchOf({ hub, viewer }: RequestContext, region: string): Promise<ChangeWatch> {
  const now = hub.now();
  const values = [hub.regions.scopeOf(region), beijingDay(now), now, region];
  const [row] = await queryInScope<ChangeWatch>(hub.db.app, viewer.regions, { ...WATCH, values });
  return row!;
}
