import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { decide } from '../../src/commands/decide';
import type { RequestContext } from '../../src/context';
import { Decision, Verdict } from '../../schema/sharing/decision';
import { HouseholdOfSharing } from '../../schema/sharing/stubs';
import { recordId } from '../identifier';
import { decisionsOf } from './decision-rows';
import { TASK_READERS } from './permissions';

/** 审核决定: made by an officer on the last report, and read in the household's file. */
@Resolver(() => HouseholdOfSharing)
export class DecisionResolver {
  @Mutation(() => Decision, { nullable: true, description: '对案件作出审核决定：依据最新一版核对报告，写明理由' })
  decide(
    @Arg('caseId', () => ID) caseId: string,
    @Arg('report', () => String, { description: '所依据核对报告的校验值' }) report: string,
    @Arg('verdict', () => Verdict) verdict: Verdict,
    @Arg('reason', () => String) reason: string,
    @Ctx() ctx: RequestContext,
  ): Promise<Decision> {
    return decide(ctx, { caseId: recordId(caseId, 'caseId'), report, verdict, reason });
  }

  @FieldResolver(() => [Decision], { nullable: true, description: '审核决定，先后为序；无权查看的角色为空' })
  async decisions(
    @Root() { id }: Pick<HouseholdOfSharing, 'id'>,
    @Ctx() ctx: RequestContext,
  ): Promise<Decision[] | null> {
    return TASK_READERS.includes(ctx.viewer.role) ? decisionsOf(ctx, id) : null;
  }
}
