import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { beijingDay } from '../../../src/access/day';
import { acceptApplication } from '../../../src/commands/accept-application';
import { appealRefusal } from '../../../src/commands/appeal-refusal';
import { approveApplication } from '../../../src/commands/approve-application';
import { decideAppeal } from '../../../src/commands/decide-appeal';
import { giveOpinion } from '../../../src/commands/give-opinion';
import { passReview } from '../../../src/commands/pass-review';
import { rejectApplication } from '../../../src/commands/reject-application';
import { returnApplication } from '../../../src/commands/return-application';
import { revokeApproval } from '../../../src/commands/revoke-approval';
import { startApplication } from '../../../src/commands/start-application';
import { submitApplication } from '../../../src/commands/submit-application';
import { withdrawApplication } from '../../../src/commands/withdraw-application';
import type { RequestContext } from '../../../src/context';
import { HubError } from '../../../src/errors';
import type { OnApplication } from '../../../src/store/admission/step';
import { Application, ApplicationState } from '../../../schema/admission/application';
import { ApplicationStep } from '../../../schema/admission/application-step';
import { Publicity } from '../../../schema/admission/publicity';
import { Household } from '../../../schema/housing/household';
import { connectionType, PageSize, type Connection } from '../../../schema/page';
import { recordId } from '../../identifier';
import { knownRegion } from '../../known-region';
import { loadHousehold } from '../household-rows';
import { APPLICATION_READERS } from '../permissions';
import { applicationsOf, loadApplication, pageOfApplications, publicitiesOf, stepsOf } from './application-rows';
import {
  AppealRefusalInput,
  DecideAppealInput,
  GiveOpinionInput,
  OnApplicationInput,
  PassReviewInput,
  RejectApplicationInput,
  ReturnApplicationInput,
  RevokeApprovalInput,
  WithdrawApplicationInput,
} from './inputs';

const ApplicationConnection = connectionType(Application, 'Application');
type Of<Field extends keyof Application> = Pick<Application, Field>;

/** With its id as a record's. */
export const named = <Input extends OnApplication>(input: Input): Input => ({
  ...input,
  applicationId: recordId(input.applicationId, 'applicationId'),
});

/** 住房保障申请: one, a page of a region's, and the verbs of its reviews. */
@Resolver(() => Application)
export class ApplicationResolver {
  @Query(() => Application, { nullable: true, description: '辖区内的一份申请' })
  async application(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext): Promise<Application> {
    const found = await loadApplication(ctx, recordId(id));
    if (!found) throw new HubError('NOT_FOUND', 'id');
    return found;
  }

  @Query(() => ApplicationConnection, { description: '某区划（含下级）内的申请，限本人辖区' })
  applications(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('state', () => ApplicationState, { nullable: true }) state?: ApplicationState,
    @Arg('round', () => Int, { nullable: true, description: '第几次审核、公示' }) round?: number,
    @Arg('overdue', () => Boolean, { nullable: true, description: '只列审核逾期者' }) overdue?: boolean,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<Application>> {
    const filter = { region: knownRegion(ctx, region), state: state ?? null, round: round ?? null };
    const today = beijingDay(ctx.hub.now());
    return pageOfApplications(ctx, { ...filter, overdue: overdue ?? false }, today, { first, after });
  }

  @FieldResolver(() => Household, { nullable: true })
  household(@Root() { householdId }: Of<'householdId'>, @Ctx() ctx: RequestContext): Promise<Household | null> {
    return loadHousehold(ctx, householdId);
  }

  @FieldResolver(() => [ApplicationStep], { nullable: true, description: '办理步骤，先后为序' })
  steps(@Root() { id }: Of<'id'>, @Ctx() ctx: RequestContext): Promise<ApplicationStep[]> {
    return stepsOf(ctx, id);
  }

  @FieldResolver(() => [Publicity], { nullable: true, description: '公示，先后为序' })
  publicities(@Root() { id }: Of<'id'>, @Ctx() ctx: RequestContext): Promise<Publicity[]> {
    return publicitiesOf(ctx, id);
  }

  @Mutation(() => Application, { nullable: true, description: '登记申请：在未办结的申请案件中' })
  startApplication(@Arg('caseId', () => ID) caseId: string, @Ctx() ctx: RequestContext): Promise<Application> {
    return startApplication(ctx, recordId(caseId, 'caseId'));
  }

  @Mutation(() => Application, { nullable: true, description: '提交申请：流程自此固定' })
  submitApplication(
    @Arg('input', () => OnApplicationInput) input: OnApplicationInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Application> {
    return submitApplication(ctx, named(input));
  }

  @Mutation(() => Application, { nullable: true, description: '一次性告知补正' })
  returnApplication(
    @Arg('input', () => ReturnApplicationInput) input: ReturnApplicationInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Application> {
    return returnApplication(ctx, named(input));
  }

  @Mutation(() => Application, { nullable: true, description: '受理，出具回执，开始初审' })
  acceptApplication(
    @Arg('input', () => OnApplicationInput) input: OnApplicationInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Application> {
    return acceptApplication(ctx, named(input));
  }

  @Mutation(() => Application, { nullable: true, description: '登记民政、公安的会同审核意见' })
  giveOpinion(
    @Arg('input', () => GiveOpinionInput) input: GiveOpinionInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Application> {
    return giveOpinion(ctx, named(input));
  }

  @Mutation(() => Application, { nullable: true, description: '审核通过' })
  passReview(
    @Arg('input', () => PassReviewInput) input: PassReviewInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Application> {
    return passReview(ctx, named(input));
  }

  @Mutation(() => Application, { nullable: true, description: '审核不通过，书面说明理由' })
  rejectApplication(
    @Arg('input', () => RejectApplicationInput) input: RejectApplicationInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Application> {
    return rejectApplication(ctx, named(input));
  }

  @Mutation(() => Application, { nullable: true, description: '批准：三审三公示完成之后' })
  approveApplication(
    @Arg('input', () => OnApplicationInput) input: OnApplicationInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Application> {
    return approveApplication(ctx, named(input));
  }

  @Mutation(() => Application, { nullable: true, description: '撤回申请' })
  withdrawApplication(
    @Arg('input', () => WithdrawApplicationInput) input: WithdrawApplicationInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Application> {
    return withdrawApplication(ctx, named(input));
  }

  @Mutation(() => Application, { nullable: true, description: '登记对不予批准的申诉' })
  appealRefusal(
    @Arg('input', () => AppealRefusalInput) input: AppealRefusalInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Application> {
    return appealRefusal(ctx, named(input));
  }

  @Mutation(() => Application, { nullable: true, description: '申诉决定' })
  decideAppeal(
    @Arg('input', () => DecideAppealInput) input: DecideAppealInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Application> {
    return decideAppeal(ctx, named(input));
  }

  @Mutation(() => Application, { nullable: true, description: '撤销批准' })
  revokeApproval(
    @Arg('input', () => RevokeApprovalInput) input: RevokeApprovalInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Application> {
    return revokeApproval(ctx, named(input));
  }
}

/** Applications in a household's file. */
@Resolver(() => Household)
export class ApplicationsOfHousehold {
  @FieldResolver(() => [Application], { nullable: true, description: '申请，近者在前；无权查看的角色为空' })
  async applications(@Root() { id }: Pick<Household, 'id'>, @Ctx() ctx: RequestContext): Promise<Application[] | null> {
    return APPLICATION_READERS.includes(ctx.viewer.role) ? applicationsOf(ctx, id) : null;
  }
}
