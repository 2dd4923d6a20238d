import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../src/context';
import { connectionType, PageSize, type Connection } from '../../schema/page';
import { OverdueAnswer } from '../../schema/sharing/overdue-answer';
import { knownRegion } from '../known-region';
import { pageOfOverdue } from './overdue-answer-rows';

const OverdueAnswerConnection = connectionType(OverdueAnswer, 'OverdueAnswer');

/** 逾期应答: who has to be asked again. */
@Resolver(() => OverdueAnswer)
export class OverdueAnswerResolver {
  @Query(() => OverdueAnswerConnection, { description: '某区划（含下级）内逾期未复的应答，限本人辖区；最久者在前' })
  overdueAnswers(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<OverdueAnswer>> {
    return pageOfOverdue(ctx, knownRegion(ctx, region), { first, after });
  }
}
