import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { beijingDay } from '../../../src/access/day';
import { carriedOutBy, clause } from '../../../src/clauses';
import { deliverNoticeOnPaper } from '../../../src/commands/deliver-notice-on-paper';
import { markNoticeRead } from '../../../src/commands/mark-notice-read';
import type { RequestContext } from '../../../src/context';
import { HubError } from '../../../src/errors';
import type { OnNotice } from '../../../src/store/notices/step';
import { Household } from '../../../schema/housing/household';
import { Notice, NoticeKind, NoticeState } from '../../../schema/notice/notice';
import { NoticeStep } from '../../../schema/notice/notice-step';
import { connectionType, PageSize, type Connection } from '../../../schema/page';
import { recordId } from '../../identifier';
import { knownRegion } from '../../known-region';
import { loadHousehold } from '../household-rows';
import { APPLICATION_READERS } from '../permissions';
import { DeliverNoticeOnPaperInput, MarkNoticeReadInput } from './inputs';
import { bodyOf, loadNotice, noticesOf, noticeStepsOf, pageOfNotices, type NoticeRow } from './notice-rows';

const NoticeConnection = connectionType(Notice, 'Notice');
type Of<Field extends keyof NoticeRow> = Pick<NoticeRow, Field>;

/** 未及时告知申请人审批、复核结果的: a suspected ground, for the approval and for the re-check alike. */
const lookedFor = carriedOutBy('DEADLINE', clause('GX-10.4.3-3'));
const GROUND = 'GX-10.4.3-3';

/** Null where nobody can say: told after the day of the result, or not yet, and no last day is known. */
function isLate({ resultOn, toldOn, dueOn }: Of<'resultOn' | 'toldOn' | 'dueOn'>, today: string): boolean | null {
  if (dueOn === null) return toldOn === resultOn ? false : null;
  return (toldOn ?? today) > dueOn;
}

/** With its id as a record's. */
const named = <Input extends OnNotice>(input: Input): Input => ({
  ...input,
  noticeId: recordId(input.noticeId, 'noticeId'),
});

/** 告知: one, a region's, those told too late, and what an office does about them. */
@Resolver(() => Notice)
export class NoticeResolver {
  @Query(() => Notice, { nullable: true, description: '辖区内的一份告知' })
  async notice(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext): Promise<NoticeRow> {
    const found = await loadNotice(ctx, recordId(id));
    if (!found) throw new HubError('NOT_FOUND', 'id');
    return found;
  }

  @Query(() => NoticeConnection, { description: '某区划（含下级）内的告知，以期限先后为序，限本人辖区' })
  notices(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('state', () => NoticeState, { nullable: true }) state?: NoticeState,
    @Arg('kind', () => NoticeKind, { nullable: true }) kind?: NoticeKind,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<NoticeRow>> {
    const filter = { region: knownRegion(ctx, region), state: state ?? null, kind: kind ?? null, lateOn: null };
    return pageOfNotices(ctx, filter, { first, after });
  }

  @Query(() => NoticeConnection, {
    description: '某区划（含下级）内未在期限内告知的，含逾期后才告知的，以期限先后为序',
  })
  overdueNotices(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<NoticeRow>> {
    lookedFor();
    const filter = { region: knownRegion(ctx, region), state: null, kind: null };
    return pageOfNotices(ctx, { ...filter, lateOn: beijingDay(ctx.hub.now()) }, { first, after });
  }

  @FieldResolver(() => Household, { nullable: true })
  household(@Root() { householdId }: Of<'householdId'>, @Ctx() ctx: RequestContext): Promise<Household | null> {
    return loadHousehold(ctx, householdId);
  }

  @FieldResolver(() => String, { nullable: true, description: '告知内容' })
  body(@Root() { id }: Of<'id'>, @Ctx() ctx: RequestContext): Promise<string | null> {
    return bodyOf(ctx, id);
  }

  @FieldResolver(() => Boolean, { nullable: true, description: '是否未在期限内告知；空为期限不明' })
  late(@Root() notice: NoticeRow, @Ctx() ctx: RequestContext): boolean | null {
    return isLate(notice, beijingDay(ctx.hub.now()));
  }

  @FieldResolver(() => String, { nullable: true, description: '疑似问责情形的条款；空为没有' })
  suspectedGround(@Root() notice: NoticeRow, @Ctx() ctx: RequestContext): string | null {
    return isLate(notice, beijingDay(ctx.hub.now())) ? GROUND : null;
  }

  @FieldResolver(() => [NoticeStep], { nullable: true, description: '告知步骤，先后为序' })
  steps(@Root() { id }: Of<'id'>, @Ctx() ctx: RequestContext): Promise<NoticeStep[]> {
    return noticeStepsOf(ctx, id);
  }

  @Mutation(() => Notice, { nullable: true, description: '登记阅知：本人，或机关凭送达回证' })
  markNoticeRead(
    @Arg('input', () => MarkNoticeReadInput) input: MarkNoticeReadInput,
    @Ctx() ctx: RequestContext,
  ): Promise<NoticeRow> {
    return markNoticeRead(ctx, named(input));
  }

  @Mutation(() => Notice, { nullable: true, description: '书面送达' })
  deliverNoticeOnPaper(
    @Arg('input', () => DeliverNoticeOnPaperInput) input: DeliverNoticeOnPaperInput,
    @Ctx() ctx: RequestContext,
  ): Promise<NoticeRow> {
    return deliverNoticeOnPaper(ctx, named(input));
  }
}

/** What its members have to be told, in a household's file. */
@Resolver(() => Household)
export class NoticesOfHousehold {
  @FieldResolver(() => [Notice], { nullable: true, description: '告知，近者在前；无权查看的角色为空' })
  async notices(@Root() { id }: Pick<Household, 'id'>, @Ctx() ctx: RequestContext): Promise<NoticeRow[] | null> {
    return APPLICATION_READERS.includes(ctx.viewer.role) ? noticesOf(ctx, id) : null;
  }
}
