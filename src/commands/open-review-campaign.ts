import { randomUUID } from 'node:crypto';
import { beijingDay } from '../access/day';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { enqueue } from '../queue/enqueue';
import { parameterInForce } from '../store/parameter-in-force';
import { ownRegion } from '../store/reviews/campaign';
import { inUnit } from '../store/unit';
import { addWorkingDays } from '../store/working-days';
import { ReviewCampaign } from '../../schema/review/review-campaign';

export interface OpenReviewCampaign {
  readonly region: string;
  /** This year, in Beijing. */
  readonly year: number;
}

/**
 * 启动年审 [IM-7.1]: opens the review of a region's secured households; the worker opens theirs one page after another. Opened
 * twice it is the same campaign. Errors: NOT_FOUND (region), INVALID_INPUT (year), PARAMETER_UNSET.
 */
export async function openReviewCampaign(ctx: RequestContext, input: OpenReviewCampaign): Promise<ReviewCampaign> {
  const { hub, viewer } = ctx;
  const now = hub.now();
  const today = beijingDay(now);
  const [region, { year }] = [ownRegion(hub.regions, viewer, input.region), input];
  if (!today.startsWith(`${year}-`)) throw new HubError('INVALID_INPUT', 'year', '须为本年度');
  return inUnit(ctx, 'openReviewCampaign', async (em, client) => {
    await client.query(`select pg_advisory_xact_lock(hashtext($1))`, [`review campaign ${region} ${year}`]);
    const known = await em.findOne(ReviewCampaign, { regionCode: region, year });
    if (known) return known;
    const days = await parameterInForce(client, 'review.declaration-working-days', region, today, now);
    const { day, provisional } = await addWorkingDays(client, region, today, days);
    const campaign = em.create(ReviewCampaign, {
      ...{ id: randomUUID(), regionCode: region, year, openedBy: viewer.subject, role: viewer.role },
      ...{ office: viewer.office, openedAt: now, declareBy: day, declareByProvisional: provisional, complete: false },
    });
    await em.persist(campaign).flush();
    await client.query(
      enqueue({ task: 'open-reviews', payload: { campaignId: campaign.id }, key: `open-reviews:${campaign.id}` }),
    );
    return campaign;
  });
}
