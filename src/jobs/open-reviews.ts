import { z } from 'zod';
import { beijingDay } from '../access/day';
import { actingAs } from '../audit/writes';
import type { Role, Viewer } from '../access/viewer';
import { carriedOutBy, clause } from '../clauses';
import { systemViewer, type Hub } from '../context';
import type { Job } from '../queue/job';
import { inScope } from '../store/database';

/** Households in one transaction. */
const PAGE = 1000;

const Payload = z.object({ campaignId: z.uuid().optional() });

interface Campaign {
  readonly id: string;
  readonly region_code: string;
  readonly year: number;
  readonly opened_by: string;
  readonly role: Role;
  readonly office: string;
}

type ReviewHub = Pick<Hub, 'db' | 'now' | 'regions'>;

/**
 * 年审开案: page by page each secured household of a campaign gets its review, with a case where somebody can be its applicant. What is
 * done is in the table, so a run that was killed goes on where it was. Comes back daily for who has been secured since, and
 * notes which declarations are overdue, of last year's campaigns too: they may run into this one.
 */
export const openReviews: Job<ReviewHub> = {
  task: 'open-reviews',
  schedule: '20 16 * * *', // 00:20 in Beijing
  async run(payload, hub, signal) {
    const { campaignId = null } = Payload.parse(payload ?? {});
    const year = Number(beijingDay(hub.now()).slice(0, 4));
    const { rows } = await hub.db.engine.query<Campaign>(CAMPAIGNS, [campaignId, year - 1]);
    for (const campaign of rows) {
      if (campaign.year === year) await openAll(hub, campaign, signal);
      if (!signal.aborted) await endDeclarations(hub, campaign);
    }
  },
};

/** 按年度定期进行审核: whoever is due gets a review; who is overdue is listed (`annualReviews(overdue: true)`). */
const REVIEWED_YEARLY = carriedOutBy('DEADLINE', clause('IM-7.1'));

const CAMPAIGNS =
  'select id, region_code, year, opened_by, role, office from review_campaign where year >= $2 and ($1::uuid is null or id = $1) order by id';

async function openAll(hub: ReviewHub, campaign: Campaign, signal: AbortSignal): Promise<void> {
  const regions = hub.regions.scopeOf(campaign.region_code);
  const opener: Viewer = { subject: campaign.opened_by, role: campaign.role, office: campaign.office, regions };
  for (let more = true; more && !signal.aborted; )
    more = await inScope(hub.db.app, regions, async (client) => {
      await client.query(actingAs({ viewer: opener, requestId: `open-reviews:${campaign.id}` }, 'openReview'));
      await client.query(`select pg_advisory_xact_lock(hashtext('open-reviews'))`); // campaigns may overlap
      const now = hub.now();
      REVIEWED_YEARLY();
      const { rowCount } = await client.query(OPEN, [campaign.id, regions, beijingDay(now), now, PAGE]);
      if (rowCount === 0)
        await client.query('update review_campaign set complete = true where id = $1 and not complete', [campaign.id]);
      return rowCount! > 0;
    });
}

/**
 * $1 campaign, $2 regions, $3 today, $4 now, $5 how many. A review is due an interval after the last one was closed or the
 * security began; who is due in a later year only is exempt in this one.
 */
const OPEN = `
  with campaign as (select * from review_campaign where id = $1),
  interval_of as materialized (
    select code as region_code, make_interval(months => parameter_in_force('review.interval-months', code, $3::date, $4)::int) as span
    from unnest($2::text[]) as code
  ), secured as (
    select distinct on (e.household_id) e.household_id, e.region_code, e.id as entitlement_id, e.programme, e.since
    from entitlement e join household h on h.id = e.household_id and h.closed_on is null
    where e.region_code = any ($2) and e.since <= $3::date and (e.until is null or e.until >= $3::date)
      and not exists (select from annual_review r where r.household_id = e.household_id and r.year = (select year from campaign))
    order by e.household_id, e.since, e.id
    limit $5
  ), due as (
    select s.*, coalesce(greatest(s.since, (
        select max(c.closed_on) from housing_case c where c.household_id = s.household_id and c.kind = 'ANNUAL_REVIEW' and c.closed_on <= $3::date
      )) + i.span, $3::date)::date as due_on
    from secured s join interval_of i using (region_code)
  ), named as (
    select d.*, campaign.declare_by, campaign.year, extract(year from d.due_on) > campaign.year as later, a.person_id as applicant_id, open.id as open_case
    from due d cross join campaign
    left join lateral (
      select m.person_id from household_member m where m.household_id = d.household_id and m.relation = 'APPLICANT'
        and m.from_date <= $3::date and (m.to_date is null or m.to_date >= $3::date) order by m.from_date desc, m.id limit 1
    ) a on true
    left join lateral (
      select c.id from housing_case c where c.household_id = d.household_id and c.kind = 'ANNUAL_REVIEW' and c.closed_on is null order by c.submitted_on desc, c.id limit 1
    ) open on true
  ), cased as (
    select named.*, case when later then null when open_case is not null then open_case when applicant_id is not null then gen_random_uuid() end as case_id from named
  ), made as (
    insert into housing_case (id, region_code, household_id, kind, programme, applicant_id, submitted_on)
    select case_id, region_code, household_id, 'ANNUAL_REVIEW', programme, applicant_id, $3::date
    from cased where case_id is distinct from open_case and case_id is not null
    returning id
  )
  insert into annual_review (id, campaign_id, region_code, household_id, year, entitlement_id, programme, case_id, due_on, declare_by, state, exempt_as)
  select gen_random_uuid(), $1, region_code, household_id, year, entitlement_id, programme, case_id, due_on, declare_by,
    case when later then 'EXEMPT' else 'DECLARATION_OPEN' end, case when later then 'NOT_YET_DUE' end
  from cased where (select count(*) from made) >= 0
  on conflict on constraint annual_review_once do nothing`;

/** 逾期未申报: noted, no more; silence is no proof that a household is not eligible. */
const OVER = `
  insert into review_step (id, region_code, household_id, review_id, kind, at, taken_by, role, office, on_day)
  select gen_random_uuid(), region_code, household_id, id, 'NOT_DECLARED', $2, 'hub', 'REGION_HOUSING', $3, $4::date
  from annual_review where region_code = any ($1) and state = 'DECLARATION_OPEN' and case_id is not null and declare_by < $4::date
  order by id`;

async function endDeclarations(hub: ReviewHub, { id, region_code: region }: Campaign): Promise<void> {
  const regions = hub.regions.scopeOf(region);
  await inScope(hub.db.app, regions, async (client) => {
    const viewer = systemViewer(region, regions, 'hub');
    await client.query(actingAs({ viewer, requestId: `open-reviews:${id}` }, 'endDeclarations'));
    const now = hub.now();
    await client.query(OVER, [regions, now, region, beijingDay(now)]);
  });
}
