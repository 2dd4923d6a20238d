import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { checkReviews } from '../../../src/commands/check-reviews';
import { openReviewCampaign } from '../../../src/commands/open-review-campaign';
import type { RequestContext } from '../../../src/context';
import { HubError } from '../../../src/errors';
import { ReviewCampaign, ReviewSummary } from '../../../schema/review/review-campaign';
import { campaignRow, summaryOf } from './campaign-rows';
import { CampaignInput } from './inputs';

/** 年审批次: opened, checked in batch, and counted so that it always adds up. */
@Resolver(() => ReviewCampaign)
export class ReviewCampaignResolver {
  @Query(() => ReviewCampaign, { nullable: true, description: '某区划某年度的年审批次，限本人辖区' })
  async reviewCampaign(
    @Arg('region', () => String) region: string,
    @Arg('year', () => Int) year: number,
    @Ctx() ctx: RequestContext,
  ): Promise<ReviewCampaign> {
    const campaign = ctx.hub.regions.find(region) && (await campaignRow(ctx, region, year));
    if (!campaign) throw new HubError('NOT_FOUND', 'region');
    return campaign;
  }

  @FieldResolver(() => ReviewSummary)
  summary(
    @Root() { regionCode, year }: Pick<ReviewCampaign, 'regionCode' | 'year'>,
    @Ctx() ctx: RequestContext,
  ): Promise<ReviewSummary> {
    return summaryOf(ctx, regionCode, year);
  }

  @Mutation(() => ReviewCampaign, { nullable: true, description: '启动本年度年审：为辖区内在享保障家庭逐户立案' })
  openReviewCampaign(
    @Arg('input', () => CampaignInput) input: CampaignInput,
    @Ctx() ctx: RequestContext,
  ): Promise<ReviewCampaign> {
    return openReviewCampaign(ctx, input);
  }

  @Mutation(() => [ID], { nullable: true, description: '对已申报、逾期未申报、待补证的年审提请核对；返回核对任务' })
  checkReviews(@Arg('input', () => CampaignInput) input: CampaignInput, @Ctx() ctx: RequestContext): Promise<string[]> {
    return checkReviews(ctx, input);
  }
}
