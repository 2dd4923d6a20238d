import { Arg, Ctx, FieldResolver, ID, Info, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { RequestContext } from '../../src/context';
import { requestCrossCheck } from '../../src/commands/request-cross-check';
import { connectionType, PageSize, type Connection } from '../../schema/page';
import { CrossCheck } from '../../schema/sharing/cross-check';
import { CrossCheckHousehold } from '../../schema/sharing/cross-check-household';
import { CrossCheckProgress } from '../../schema/sharing/cross-check-progress';
import { Report } from '../../schema/sharing/report';
import { recordId } from '../identifier';
import { selectedFields } from '../selection';
import { followCrossCheck } from './cross-check-progress';
import { pageOfChecked, readCrossCheck, type CheckedRow, type CrossCheckRow } from './cross-check-rows';
import { maySeeFigures } from '../may-see-figures';
import { loadReport, type ReportView } from './report-rows';
import { RequestCrossCheckInput } from './request-cross-check-input';

const CheckedConnection = connectionType(CrossCheckHousehold, 'CrossCheckHousehold');

/** 核对: asked for, followed, read. */
@Resolver(() => CrossCheck)
export class CrossCheckResolver {
  @Query(() => CrossCheck, { nullable: true, description: '一次核对的进度与报告' })
  crossCheck(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext): Promise<CrossCheckRow> {
    return readCrossCheck(ctx, recordId(id));
  }

  @Mutation(() => CrossCheck, { description: '申请核对：一户或多户（至多 10000 户），以业务键幂等' })
  async requestCrossCheck(
    @Arg('input', () => RequestCrossCheckInput) input: RequestCrossCheckInput,
    @Ctx() ctx: RequestContext,
  ): Promise<CrossCheckRow> {
    return readCrossCheck(ctx, await requestCrossCheck(ctx, input));
  }

  @Subscription(() => CrossCheckProgress, {
    description: '核对进度，直至完成',
    subscribe: ({ args, context }: { args: { id: string }; context: RequestContext }) =>
      followCrossCheck(context, recordId(args.id)),
  })
  crossCheckProgress(@Root() row: CrossCheckRow, @Arg('id', () => ID) _id: string): CrossCheckProgress {
    return row;
  }

  @FieldResolver(() => CheckedConnection)
  households(
    @Root() { id }: CrossCheckRow,
    @Ctx() ctx: RequestContext,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<CheckedRow>> {
    return pageOfChecked(ctx, id, { first, after });
  }
}

/** 核对家庭: its last report. */
@Resolver(() => CrossCheckHousehold)
export class CrossCheckHouseholdResolver {
  @FieldResolver(() => Report, { nullable: true, description: '最新一版报告；无权查看财产与救助信息的角色为空' })
  async report(
    @Root() { crossCheckId, household }: CheckedRow,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ReportView | null> {
    return maySeeFigures(ctx.viewer.role) ? loadReport(ctx, crossCheckId, household.id, selectedFields(info)) : null;
  }
}
