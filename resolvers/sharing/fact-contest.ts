import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { contestFact } from '../../src/commands/contest-fact';
import { withdrawContest } from '../../src/commands/withdraw-contest';
import type { RequestContext } from '../../src/context';
import { FactContest } from '../../schema/sharing/fact-contest';
import { HouseholdOfSharing } from '../../schema/sharing/stubs';
import { recordId } from '../identifier';
import { contestsOf } from './fact-contest-rows';
import { ContestFactInput } from './inputs';
import { TASK_READERS } from './permissions';

/** 存疑: what a source has on record is contested by an officer, and read in the household's file. */
@Resolver(() => HouseholdOfSharing)
export class FactContestResolver {
  @Mutation(() => FactContest, { nullable: true, description: '提出存疑：来源更正前不据以判定' })
  contestFact(
    @Arg('input', () => ContestFactInput) input: ContestFactInput,
    @Ctx() ctx: RequestContext,
  ): Promise<FactContest> {
    const [caseId, member] = [recordId(input.caseId, 'caseId'), recordId(input.member, 'member')];
    return contestFact(ctx, { ...input, caseId, member });
  }

  @Mutation(() => FactContest, { nullable: true, description: '撤回存疑，写明理由' })
  withdrawContest(
    @Arg('id', () => ID) id: string,
    @Arg('reason', () => String) reason: string,
    @Ctx() ctx: RequestContext,
  ): Promise<FactContest> {
    return withdrawContest(ctx, { id: recordId(id), reason });
  }

  @FieldResolver(() => [FactContest], { nullable: true, description: '存疑，先后为序；无权查看的角色为空' })
  async factContests(
    @Root() { id }: Pick<HouseholdOfSharing, 'id'>,
    @Ctx() ctx: RequestContext,
  ): Promise<FactContest[] | null> {
    return TASK_READERS.includes(ctx.viewer.role) ? contestsOf(ctx, id) : null;
  }
}
