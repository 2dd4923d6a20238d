import type { EntityManager } from '@mikro-orm/postgresql';
import type { Regions } from '../regions';
import { HubError } from '../../errors';
import type { Viewer } from '../../access/viewer';
import { ReviewCampaign } from '../../../schema/review/review-campaign';

/** Error: NOT_FOUND naming the field, for a region that is none or not the caller's: the two look alike. */
export function ownRegion(regions: Pick<Regions, 'find'>, viewer: Viewer, region: string): string {
  if (!regions.find(region) || !viewer.regions.includes(region)) throw new HubError('NOT_FOUND', 'region');
  return region;
}

/** The campaign of a region and year. Error: NOT_FOUND. */
export async function campaignOf(em: EntityManager, regionCode: string, year: number): Promise<ReviewCampaign> {
  const campaign = await em.findOne(ReviewCampaign, { regionCode, year });
  if (!campaign) throw new HubError('NOT_FOUND', 'year');
  return campaign;
}
