import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { beijingDay } from '../../../src/access/day';
import type { RequestContext } from '../../../src/context';
import { HubError } from '../../../src/errors';
import { Household } from '../../../schema/housing/household';
import { connectionType, PageSize, type Connection } from '../../../schema/page';
import { Programme } from '../../../schema/programme';
import { WaitingDifference } from '../../../schema/waiting/waiting-difference';
import { WaitingException } from '../../../schema/waiting/waiting-exception';
import { WaitingFactor } from '../../../schema/waiting/waiting-factor';
import { WaitingListEntry, WaitingState } from '../../../schema/waiting/waiting-list-entry';
import { WaitingStep } from '../../../schema/waiting/waiting-step';
import { recordId } from '../../identifier';
import { knownRegion } from '../../known-region';
import { maySeeFigures } from '../../may-see-figures';
import { loadHousehold } from '../household-rows';
import { APPLICATION_READERS } from '../permissions';
import {
  exceptionsOf,
  factorPointsOf,
  loadEntry,
  pageOfDifferences,
  pageOfExceptions,
  pageOfWaiting,
  waitingLimitOf,
  waitingOf,
  waitingStepsOf,
  type EntryRow,
} from './entry-rows';

const WaitingListConnection = connectionType(WaitingListEntry, 'WaitingListEntry');
const WaitingExceptionConnection = connectionType(WaitingException, 'WaitingException');
const WaitingDifferenceConnection = connectionType(WaitingDifference, 'WaitingDifference');
type Of<Name extends keyof EntryRow> = Pick<EntryRow, Name>;

/** Who waits no more is not late. */
const OVER: readonly WaitingState[] = [WaitingState.FULFILLED, WaitingState.REMOVED];

/** 轮候: one, a queue in its order, what was decided past the order, and what does not come out when it is computed again. */
@Resolver(() => WaitingListEntry)
export class WaitingListResolver {
  @Query(() => WaitingListEntry, { nullable: true, description: '辖区内的一份轮候登记' })
  async waitingListEntry(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext): Promise<EntryRow> {
    const found = await loadEntry(ctx, recordId(id));
    if (!found) throw new HubError('NOT_FOUND', 'id');
    return found;
  }

  @Query(() => WaitingListConnection, { description: '某区划（含下级）内的轮候，按昨夜复算的次序，限本人辖区' })
  waitingList(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('programme', () => Programme, { nullable: true }) programme?: Programme,
    @Arg('state', () => WaitingState, { nullable: true }) state?: WaitingState,
    @Arg('overLimit', () => Boolean, { nullable: true, description: '只列（或不列）超过轮候期限者' })
    overLimit?: boolean,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<EntryRow>> {
    const filter = { programme: programme ?? null, state: state ?? null, overLimit: overLimit ?? null };
    const today = beijingDay(ctx.hub.now());
    return pageOfWaiting(ctx, { region: knownRegion(ctx, region), ...filter }, today, { first, after });
  }

  @Query(() => WaitingExceptionConnection, { description: '某区划（含下级）内的轮候次序例外，先后为序' })
  waitingExceptions(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<WaitingException>> {
    return pageOfExceptions(ctx, knownRegion(ctx, region), { first, after });
  }

  @Query(() => WaitingDifferenceConnection, { description: '某区划（含下级）内复算发现的次序差异，先后为序' })
  waitingDifferences(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<WaitingDifference>> {
    return pageOfDifferences(ctx, knownRegion(ctx, region), { first, after });
  }

  @FieldResolver(() => Household, { nullable: true })
  household(@Root() { householdId }: Of<'householdId'>, @Ctx() ctx: RequestContext): Promise<Household | null> {
    return loadHousehold(ctx, householdId);
  }

  @FieldResolver(() => Int, { nullable: true, description: '次序，以最近一次夜间复算为准；空为尚未排序或不在排序' })
  async rank(@Root() { id, rank }: Pick<EntryRow, 'id'> & Partial<EntryRow>, @Ctx() ctx: RequestContext) {
    return rank === undefined ? ((await loadEntry(ctx, id))?.rank ?? null) : rank;
  }

  @FieldResolver(() => Boolean, { nullable: true, description: '轮候是否超过期限；空为该地区没有设定期限' })
  async overLimit(
    @Root() { regionCode, enteredOn, state }: Of<'regionCode' | 'enteredOn' | 'state'>,
    @Ctx() ctx: RequestContext,
  ): Promise<boolean | null> {
    const since = await waitingLimitOf(ctx, regionCode, beijingDay(ctx.hub.now()));
    return since === null ? null : enteredOn < since && !OVER.includes(state);
  }

  @FieldResolver(() => [WaitingFactor], { nullable: true, description: '排序因素及得分；无权查看资产与收入的角色为空' })
  async factors(@Root() { id }: Of<'id'>, @Ctx() ctx: RequestContext): Promise<WaitingFactor[] | null> {
    if (!maySeeFigures(ctx.viewer.role)) return null;
    const factors = await factorPointsOf(ctx, id);
    return factors.map((each) => ({ ...each, known: each.value !== null })) as WaitingFactor[];
  }

  @FieldResolver(() => [WaitingStep], { nullable: true, description: '轮候步骤，先后为序' })
  steps(@Root() { id }: Of<'id'>, @Ctx() ctx: RequestContext): Promise<WaitingStep[]> {
    return waitingStepsOf(ctx, id);
  }

  @FieldResolver(() => [WaitingException], { nullable: true, description: '次序例外，先后为序' })
  exceptions(@Root() { id }: Of<'id'>, @Ctx() ctx: RequestContext): Promise<WaitingException[]> {
    return exceptionsOf(ctx, id);
  }
}

/** Its place in the queue in a household's file. */
@Resolver(() => Household)
export class WaitingOfHousehold {
  @FieldResolver(() => [WaitingListEntry], { nullable: true, description: '轮候登记，近者在前；无权查看的角色为空' })
  async waiting(@Root() { id }: Pick<Household, 'id'>, @Ctx() ctx: RequestContext): Promise<EntryRow[] | null> {
    return APPLICATION_READERS.includes(ctx.viewer.role) ? waitingOf(ctx, id) : null;
  }
}
