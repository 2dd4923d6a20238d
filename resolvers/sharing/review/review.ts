import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { consultOnReview } from '../../../src/commands/consult-on-review';
import { decideReview } from '../../../src/commands/decide-review';
import { declareForReview } from '../../../src/commands/declare-for-review';
import { executeReview } from '../../../src/commands/execute-review';
import { exemptFromReview } from '../../../src/commands/exempt-from-review';
import { hearReview } from '../../../src/commands/hear-review';
import type { RequestContext } from '../../../src/context';
import { connectionType, PageSize, type Connection } from '../../../schema/page';
import { AnnualReview, AnnualReviewState } from '../../../schema/review/annual-review';
import { ReviewFactor } from '../../../schema/review/factor';
import { ReviewStep } from '../../../schema/review/review-step';
import { Report } from '../../../schema/sharing/report';
import { HouseholdOfSharing } from '../../../schema/sharing/stubs';
import { knownRegion } from '../../known-region';
import { recordId } from '../../identifier';
import { selectedFields } from '../../selection';
import { maySeeFigures } from '../../may-see-figures';
import { TASK_READERS } from '../permissions';
import { loadCaseReport, type ReportView } from '../report-rows';
import {
  ConsultOnReviewInput,
  DecideReviewInput,
  DeclareForReviewInput,
  ExemptFromReviewInput,
  HearReviewInput,
} from './inputs';
import { pageOfReviews, reviewsOf, stepsOf, type ReviewRow } from './review-rows';

const AnnualReviewConnection = connectionType(AnnualReview, 'AnnualReview');

/** 年审: the review of one household, and the verbs that lead it to its end. */
@Resolver(() => AnnualReview)
export class AnnualReviewResolver {
  @Query(() => AnnualReviewConnection, { description: '某区划（含下级）某年度的年审，限本人辖区；应审日早者在前' })
  annualReviews(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('year', () => Int) year: number,
    @Arg('state', () => AnnualReviewState, { nullable: true }) state?: AnnualReviewState,
    @Arg('overdue', () => Boolean, { nullable: true, description: '只列超过年审间隔尚未决定者' }) overdue?: boolean,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<ReviewRow>> {
    const filter = { region: knownRegion(ctx, region), year, state: state ?? null, overdue: overdue ?? false };
    return pageOfReviews(ctx, filter, { first, after });
  }

  @FieldResolver(() => HouseholdOfSharing)
  household(@Root() { householdId }: Pick<AnnualReview, 'householdId'>): HouseholdOfSharing {
    return { id: householdId };
  }

  @FieldResolver(() => [ReviewStep], { nullable: true, description: '步骤，先后为序' })
  steps(@Root() { id }: Pick<AnnualReview, 'id'>, @Ctx() ctx: RequestContext): Promise<ReviewStep[]> {
    return stepsOf(ctx, id);
  }

  @FieldResolver(() => Report, {
    nullable: true,
    description: '年审案件最新的核对报告；无权查看财产与救助信息的角色为空',
  })
  async report(
    @Root() review: Pick<AnnualReview, 'caseId'>,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ReportView | null> {
    return reportOf(ctx, review, selectedFields(info));
  }

  @FieldResolver(() => [ReviewFactor], { nullable: true, description: '人口、收入、财产、住房；核对之前为空' })
  async factors(
    @Root() review: Pick<AnnualReview, 'caseId'>,
    @Ctx() ctx: RequestContext,
  ): Promise<ReviewFactor[] | null> {
    const report = await reportOf(ctx, review, new Set(['findings']));
    return report && (ctx.hub.engine.factors(report.findings) as ReviewFactor[]);
  }

  @Mutation(() => AnnualReview, { nullable: true, description: '登记年审申报' })
  declareForReview(
    @Arg('input', () => DeclareForReviewInput) input: DeclareForReviewInput,
    @Ctx() ctx: RequestContext,
  ): Promise<AnnualReview> {
    return declareForReview(ctx, { ...input, reviewId: recordId(input.reviewId, 'reviewId') });
  }

  @Mutation(() => AnnualReview, { nullable: true, description: '免予本年度年审：须有文号和书面理由' })
  exemptFromReview(
    @Arg('input', () => ExemptFromReviewInput) input: ExemptFromReviewInput,
    @Ctx() ctx: RequestContext,
  ): Promise<AnnualReview> {
    return exemptFromReview(ctx, { ...input, reviewId: recordId(input.reviewId, 'reviewId') });
  }

  @Mutation(() => AnnualReview, { nullable: true, description: '登记民政等部门的会商意见' })
  consultOnReview(
    @Arg('input', () => ConsultOnReviewInput) input: ConsultOnReviewInput,
    @Ctx() ctx: RequestContext,
  ): Promise<AnnualReview> {
    return consultOnReview(ctx, { ...input, reviewId: recordId(input.reviewId, 'reviewId') });
  }

  @Mutation(() => AnnualReview, { nullable: true, description: '登记听取当事人意见的情况' })
  hearReview(
    @Arg('input', () => HearReviewInput) input: HearReviewInput,
    @Ctx() ctx: RequestContext,
  ): Promise<AnnualReview> {
    return hearReview(ctx, { ...input, reviewId: recordId(input.reviewId, 'reviewId') });
  }

  @Mutation(() => AnnualReview, { nullable: true, description: '作出年审决定：依据最新一版核对报告，写明理由' })
  decideReview(
    @Arg('input', () => DecideReviewInput) input: DecideReviewInput,
    @Ctx() ctx: RequestContext,
  ): Promise<AnnualReview> {
    const inspectionId = input.inspectionId && recordId(input.inspectionId, 'inspectionId');
    return decideReview(ctx, { ...input, reviewId: recordId(input.reviewId, 'reviewId'), inspectionId });
  }

  @Mutation(() => AnnualReview, { nullable: true, description: '执行年审决定：异议期满、决定生效之后' })
  executeReview(@Arg('reviewId', () => ID) reviewId: string, @Ctx() ctx: RequestContext): Promise<AnnualReview> {
    return executeReview(ctx, recordId(reviewId, 'reviewId'));
  }
}

async function reportOf(
  ctx: RequestContext,
  { caseId }: Pick<AnnualReview, 'caseId'>,
  fields: ReadonlySet<string>,
): Promise<ReportView | null> {
  return caseId !== null && maySeeFigures(ctx.viewer.role) ? loadCaseReport(ctx, caseId, fields) : null;
}

/** Reviews in a household's file. */
@Resolver(() => HouseholdOfSharing)
export class ReviewsOfHousehold {
  @FieldResolver(() => [AnnualReview], { nullable: true, description: '年审，近者在前；无权查看的角色为空' })
  async annualReviews(
    @Root() { id }: Pick<HouseholdOfSharing, 'id'>,
    @Ctx() ctx: RequestContext,
  ): Promise<ReviewRow[] | null> {
    return TASK_READERS.includes(ctx.viewer.role) ? reviewsOf(ctx, id) : null;
  }
}
