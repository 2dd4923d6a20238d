import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { barReapplication } from '../../src/commands/bar-reapplication';
import { liftReapplicationBar } from '../../src/commands/lift-reapplication-bar';
import type { RequestContext } from '../../src/context';
import { ReapplyBar } from '../../schema/housing/reapply-bar';
import { recordId } from '../identifier';
import { BarReapplicationInput } from './inputs';

/** 违规名单: the verbs that put somebody on it and take off. */
@Resolver(() => ReapplyBar)
export class ReapplyBarResolver {
  @Mutation(() => ReapplyBar, { nullable: true, description: '列入违规名单：骗取、违规使用后退回住房保障' })
  barReapplication(
    @Arg('input', () => BarReapplicationInput) input: BarReapplicationInput,
    @Ctx() ctx: RequestContext,
  ): Promise<ReapplyBar> {
    const [householdId, personId] = [recordId(input.householdId, 'householdId'), recordId(input.personId, 'personId')];
    return barReapplication(ctx, { ...input, householdId, personId });
  }

  @Mutation(() => ReapplyBar, { nullable: true, description: '撤销违规名单中的一条' })
  liftReapplicationBar(
    @Arg('id', () => ID) id: string,
    @Arg('documentNumber', () => String, { description: '撤销决定文号' }) documentNumber: string,
    @Ctx() ctx: RequestContext,
  ): Promise<ReapplyBar> {
    return liftReapplicationBar(ctx, { id: recordId(id), documentNumber });
  }
}
