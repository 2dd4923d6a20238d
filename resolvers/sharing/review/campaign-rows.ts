import { beijingDay } from '../../../src/access/day';
import type { RequestContext } from '../../../src/context';
import { queryInScope } from '../../../src/store/database';
import type { ReviewCampaign, ReviewSummary } from '../../../schema/review/review-campaign';

const CAMPAIGN = {
  name: 'review-campaign',
  text: `select id, region_code as "regionCode", year, opened_by as "openedBy", office, opened_at as "openedAt", declare_by as "declareBy",
           declare_by_provisional as "declareByProvisional", complete
         from review_campaign where region_code = $1 and year = $2`,
};

/** The campaign of a region and year, in scope; null where there is none. */
export async function campaignRow(
  { hub, viewer }: RequestContext,
  region: string,
  year: number,
): Promise<ReviewCampaign | null> {
  const query = { ...CAMPAIGN, values: [region, year] };
  const [row] = await queryInScope<ReviewCampaign>(hub.db.app, viewer.regions, query);
  return row ?? null;
}

/**
 * Every household that held security in the year, up to today: each is in one class, whatever is written or not, and so the
 * classes add up to all. Without a review it is exempt where it gave its security up before, or its file is closed, or is not due this year; else pending.
 */
const SUMMARY = {
  name: 'review-summary',
  text: `
    with span as (select make_date($2, 1, 1) as first, least(make_date($2, 12, 31), $3::date) as last),
    secured as (
      select e.household_id, e.region_code, min(e.since) as since, bool_or(h.closed_on is null and (e.until is null or e.until >= span.last)) as holds
      from entitlement e join household h on h.id = e.household_id cross join span
      where e.region_code = any ($1) and e.since <= span.last and (e.until is null or e.until >= span.first)
      group by e.household_id, e.region_code
    ), placed as (
      select r.state, r.due_on,
        case when r.state = 'EXEMPT' then 'exempt' when r.state in ('DECIDED', 'EXECUTED') then 'reviewed' when r.state is not null then 'pending'
          when not s.holds or s.since + make_interval(months => p.months::int) > make_date($2, 12, 31) then 'exempt' else 'pending' end as class
      from secured s left join annual_review r on r.household_id = s.household_id and r.year = $2
      left join lateral (select parameter_in_force('review.interval-months', s.region_code, $3::date, $4) as months where r.state is null) p on true
    )
    select count(*)::int as secured, count(*) filter (where class = 'reviewed')::int as reviewed, count(*) filter (where class = 'pending')::int as pending,
      count(*) filter (where class = 'exempt')::int as exempt, count(*) filter (where class = 'pending' and state is null)::int as "notOpened",
      count(*) filter (where class = 'pending' and due_on < $3::date)::int as overdue,
      coalesce((select json_agg(json_build_object('state', state, 'count', n) order by state)
        from (select state, count(*)::int as n from placed where state is not null group by state) as each), '[]') as states
    from placed`,
};

/** All in a region and everything below it, of one snapshot. */
export async function summaryOf({ hub, viewer }: RequestContext, region: string, year: number): Promise<ReviewSummary> {
  const now = hub.now();
  const values = [hub.regions.scopeOf(region), year, beijingDay(now), now];
  const [row] = await queryInScope<ReviewSummary>(hub.db.app, viewer.regions, { ...SUMMARY, values });
  return row!;
}
