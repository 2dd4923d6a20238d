import { randomUUID } from 'node:crypto';
import type { ClientBase } from 'pg';
import { beijingDay } from '../access/day';
import type { RequestContext } from '../context';
import { enqueue } from '../queue/enqueue';
import { insertCrossCheck, type AskedHousehold } from '../store/cross-check-request';
import { campaignOf, ownRegion } from '../store/reviews/campaign';
import { inUnit } from '../store/unit';

export interface CheckReviews {
  readonly region: string;
  readonly year: number;
}

/** Households in one cross-check. */
const BATCH = 10_000;
const PURPOSE = 'ANNUAL_REVIEW';

/**
 * Reviews to be checked: those whose declaration is in or over, those held for want of evidence, and those still to declare
 * that have signed their letter: to them the declaration is shown filled in (政务数据共享条例 19).
 */
const NEXT = `
  select r.id as review_id, r.household_id as id, r.region_code, r.case_id, r.state <> 'DECLARATION_OPEN' as moves
  from annual_review r join housing_case c on c.id = r.case_id and c.closed_on is null
  where r.region_code = any ($1) and r.year = $2 and (r.state in ('DECLARED', 'NOT_DECLARED', 'HELD')
    or r.state = 'DECLARATION_OPEN' and exists (select from letter l where l.case_id = r.case_id and l.state = 'ACTIVE')
      and not exists (select from cross_check_household k where k.case_id = r.case_id))
  order by r.household_id limit $3`;

const STEPS = `
  insert into review_step (id, region_code, household_id, review_id, kind, at, taken_by, role, office, on_day, cross_check_id)
  select gen_random_uuid(), r.region_code, r.household_id, r.id, 'SOURCE_CHECK', $2, $3, $4, $5, $6, $7
  from annual_review r where r.id = any ($1::uuid[]) order by r.id`;

interface Next extends AskedHousehold {
  readonly review_id: string;
  readonly moves: boolean;
}

/**
 * 年审核对: asks every source about all reviews that are ready, in as many cross-checks as it takes; done again it takes what has
 * become ready since. Returns their ids. Errors: NOT_FOUND (region, year).
 */
export async function checkReviews(ctx: RequestContext, { region, year }: CheckReviews): Promise<string[]> {
  const scope = ctx.hub.regions.scopeOf(ownRegion(ctx.hub.regions, ctx.viewer, region));
  return inUnit(ctx, 'checkReviews', async (em, client) => {
    await campaignOf(em, region, year);
    await client.query('select pg_advisory_xact_lock(hashtext($1))', [`check reviews ${region} ${year}`]);
    const checks: string[] = [];
    for (;;) {
      const { rows } = await client.query<Next>(NEXT, [scope, year, BATCH]);
      if (rows.length === 0) return checks;
      checks.push(await checkThese(ctx, client, rows));
    }
  });
}

async function checkThese(
  { hub, viewer }: RequestContext,
  client: ClientBase,
  reviews: readonly Next[],
): Promise<string> {
  const [id, now] = [randomUUID(), hub.now()];
  const asOf = beijingDay(now);
  await client.query(insertCrossCheck(id, { purpose: PURPOSE, asOf }, reviews, viewer, now));
  const moving = reviews.filter(({ moves }) => moves).map((review) => review.review_id);
  await client.query(STEPS, [moving, now, viewer.subject, viewer.role, viewer.office, asOf, id]);
  await client.query(enqueue({ task: 'run-cross-check', payload: { crossCheckId: id }, key: `run-cross-check:${id}` }));
  return id;
}
