import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { closeChange } from '../../../src/commands/close-change';
import { notifyOfChange } from '../../../src/commands/notify-of-change';
import { replyToChange } from '../../../src/commands/reply-to-change';
import type { RequestContext } from '../../../src/context';
import { connectionType, PageSize, type Connection } from '../../../schema/page';
import { Change, ChangeState, ChangeWatch } from '../../../schema/review/change';
import { HouseholdOfSharing } from '../../../schema/sharing/stubs';
import { knownRegion } from '../../known-region';
import { recordId } from '../../identifier';
import { changeWatchOf, pageOfChanges } from './change-rows';
import { CloseChangeInput, NotifyOfChangeInput, ReplyToChangeInput } from './change-inputs';

const ChangeConnection = connectionType(Change, 'Change');

/** 变动监测: what is new in watched households, and what they say to it. */
@Resolver(() => Change)
export class ChangeResolver {
  @Query(() => ChangeConnection, { description: '某区划（含下级）内的变动提示，限本人辖区；先发现者在前' })
  changes(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('state', () => ChangeState, { nullable: true }) state?: ChangeState,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<Change>> {
    return pageOfChanges(ctx, knownRegion(ctx, region), state ?? null, { first, after });
  }

  @Query(() => ChangeWatch, { description: '某区划（含下级）的变动监测情况，限本人辖区' })
  changeWatch(@Arg('region', () => String) region: string, @Ctx() ctx: RequestContext): Promise<ChangeWatch> {
    return changeWatchOf(ctx, knownRegion(ctx, region));
  }

  @FieldResolver(() => HouseholdOfSharing)
  household(@Root() { householdId }: Pick<Change, 'householdId'>): HouseholdOfSharing {
    return { id: householdId };
  }

  @Mutation(() => Change, { nullable: true, description: '登记已向家庭告知变动；答复期限由此起算' })
  notifyOfChange(
    @Arg('input', () => NotifyOfChangeInput) input: NotifyOfChangeInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Change> {
    return notifyOfChange(ctx, { ...input, changeId: recordId(input.changeId, 'changeId') });
  }

  @Mutation(() => Change, { nullable: true, description: '登记家庭对变动的说明，逾期亦予登记' })
  replyToChange(
    @Arg('input', () => ReplyToChangeInput) input: ReplyToChangeInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Change> {
    return replyToChange(ctx, { ...input, changeId: recordId(input.changeId, 'changeId') });
  }

  @Mutation(() => Change, { nullable: true, description: '办结变动提示：不作任何处理，须处理的另行复核' })
  closeChange(
    @Arg('input', () => CloseChangeInput) input: CloseChangeInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Change> {
    const crossCheckId = input.crossCheckId ? recordId(input.crossCheckId, 'crossCheckId') : null;
    return closeChange(ctx, { ...input, changeId: recordId(input.changeId, 'changeId'), crossCheckId });
  }
}
