import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { acceptDwelling } from '../../../src/commands/accept-dwelling';
import { declineDwelling } from '../../../src/commands/decline-dwelling';
import { handOverDwelling } from '../../../src/commands/hand-over-dwelling';
import { offerDwelling } from '../../../src/commands/offer-dwelling';
import { voidAllotment } from '../../../src/commands/void-allotment';
import type { RequestContext } from '../../../src/context';
import { Allotment } from '../../../schema/tenancy/allotment';
import { recordId } from '../../identifier';
import { DeclineDwellingInput, OfferDwellingInput, OnAllotmentInput, VoidAllotmentInput } from './inputs';

/** With its id as a record's. */
const named = <Input extends { readonly allotmentId: string }>(input: Input): Input => ({
  ...input,
  allotmentId: recordId(input.allotmentId, 'allotmentId'),
});

/** The verbs of 配租配售. */
@Resolver(() => Allotment)
export class AllotmentVerbs {
  @Mutation(() => Allotment, {
    nullable: true,
    description: '配租配售通知：凭决定将一套房源分配给已登记参加批次的家庭',
  })
  offerDwelling(
    @Arg('input', () => OfferDwellingInput) input: OfferDwellingInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Allotment> {
    const of = { entryId: recordId(input.entryId, 'entryId'), dwellingId: recordId(input.dwellingId, 'dwellingId') };
    return offerDwelling(ctx, { ...input, ...of });
  }

  @Mutation(() => Allotment, { nullable: true, description: '接受配租配售' })
  acceptDwelling(
    @Arg('input', () => OnAllotmentInput) input: OnAllotmentInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Allotment> {
    return acceptDwelling(ctx, named(input));
  }

  @Mutation(() => Allotment, { nullable: true, description: '放弃配租配售：计入轮候放弃次数' })
  declineDwelling(
    @Arg('input', () => DeclineDwellingInput) input: DeclineDwellingInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Allotment> {
    return declineDwelling(ctx, named(input));
  }

  @Mutation(() => Allotment, { nullable: true, description: '凭决定作废：恢复轮候' })
  voidAllotment(
    @Arg('input', () => VoidAllotmentInput) input: VoidAllotmentInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Allotment> {
    return voidAllotment(ctx, named(input));
  }

  @Mutation(() => Allotment, { nullable: true, description: '交付：须已签订合同' })
  handOverDwelling(
    @Arg('input', () => OnAllotmentInput) input: OnAllotmentInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Allotment> {
    return handOverDwelling(ctx, named(input));
  }
}
