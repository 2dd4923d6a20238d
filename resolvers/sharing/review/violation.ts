import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { closeViolation } from '../../../src/commands/close-violation';
import type { RequestContext } from '../../../src/context';
import { connectionType, PageSize, type Connection } from '../../../schema/page';
import { Violation, ViolationState } from '../../../schema/review/violation';
import { recordId } from '../../identifier';
import { knownRegion } from '../../known-region';
import { CloseViolationInput } from './inputs';
import { pageOfViolations } from './violation-rows';

const ViolationConnection = connectionType(Violation, 'Violation');

/** 违规: what visits confirmed, and what was decided of it. */
@Resolver(() => Violation)
export class ViolationResolver {
  @Query(() => ViolationConnection, { description: '某区划（含下级）内的违规使用，限本人辖区；立案早者在前' })
  violations(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('state', () => ViolationState, { nullable: true }) state?: ViolationState,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<Violation>> {
    return pageOfViolations(ctx, knownRegion(ctx, region), state ?? null, { first, after });
  }

  @Mutation(() => Violation, { nullable: true, description: '违规处理：须载明调查情况、决定与日期' })
  closeViolation(
    @Arg('input', () => CloseViolationInput) input: CloseViolationInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Violation> {
    return closeViolation(ctx, { ...input, violationId: recordId(input.violationId, 'violationId') });
  }
}
