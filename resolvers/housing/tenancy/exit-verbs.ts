import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { chargeMarketRent } from '../../../src/commands/charge-market-rent';
import { completeExit } from '../../../src/commands/complete-exit';
import { grantRelocation } from '../../../src/commands/grant-relocation';
import { hearExit } from '../../../src/commands/hear-exit';
import { orderExit } from '../../../src/commands/order-exit';
import { sueForExit } from '../../../src/commands/sue-for-exit';
import type { RequestContext } from '../../../src/context';
import { recordId } from '../../identifier';
import {
  CompleteExitInput,
  GrantRelocationInput,
  HearExitInput,
  OnExitInput,
  OrderExitInput,
  SueForExitInput,
  ExitStanding,
} from './exit-inputs';

/** With its id as a record's. */
const named = <Input extends { readonly exitId: string }>(input: Input): Input => ({
  ...input,
  exitId: recordId(input.exitId, 'exitId'),
});

/** The verbs of 退出: a named officer takes each step; nothing happens by itself. */
@Resolver(() => ExitStanding)
export class ExitVerbs {
  @Mutation(() => ExitStanding, { nullable: true, description: '听取意见' })
  hearExit(@Arg('input', () => HearExitInput) input: HearExitInput, @Ctx() ctx: RequestContext): Promise<ExitStanding> {
    return hearExit(ctx, named(input));
  }

  @Mutation(() => ExitStanding, { nullable: true, description: '责令退出：须已商民政部门，并依据合同条款' })
  orderExit(
    @Arg('input', () => OrderExitInput) input: OrderExitInput,
    @Ctx() ctx: RequestContext,
  ): Promise<ExitStanding> {
    return orderExit(ctx, named(input));
  }

  @Mutation(() => ExitStanding, { nullable: true, description: '给予搬迁期' })
  grantRelocation(
    @Arg('input', () => GrantRelocationInput) input: GrantRelocationInput,
    @Ctx() ctx: RequestContext,
  ): Promise<ExitStanding> {
    return grantRelocation(ctx, named(input));
  }

  @Mutation(() => ExitStanding, { nullable: true, description: '搬迁期满仍未腾退：按市场租金收取' })
  chargeMarketRent(
    @Arg('input', () => OnExitInput) input: OnExitInput,
    @Ctx() ctx: RequestContext,
  ): Promise<ExitStanding> {
    return chargeMarketRent(ctx, named(input));
  }

  @Mutation(() => ExitStanding, { nullable: true, description: '向人民法院起诉' })
  sueForExit(
    @Arg('input', () => SueForExitInput) input: SueForExitInput,
    @Ctx() ctx: RequestContext,
  ): Promise<ExitStanding> {
    return sueForExit(ctx, named(input));
  }

  @Mutation(() => ExitStanding, { nullable: true, description: '退出办结：承租的收回，购买的回购' })
  completeExit(
    @Arg('input', () => CompleteExitInput) input: CompleteExitInput,
    @Ctx() ctx: RequestContext,
  ): Promise<ExitStanding> {
    return completeExit(ctx, named(input));
  }
}
