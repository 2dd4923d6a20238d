import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { addAssistingDepartment } from '../../../src/commands/add-assisting-department';
import { closeSupervisionMatter } from '../../../src/commands/close-supervision-matter';
import { giveAssistingOpinion } from '../../../src/commands/give-assisting-opinion';
import { openSupervisionMatter } from '../../../src/commands/open-supervision-matter';
import type { RequestContext } from '../../../src/context';
import { connectionType, PageSize, type Connection } from '../../../schema/page';
import { SupervisionMatter } from '../../../schema/supervision/supervision-matter';
import { recordId } from '../../identifier';
import { knownRegion } from '../../known-region';
import { CloseSupervisionMatterInput, GiveAssistingOpinionInput, OpenSupervisionMatterInput } from './inputs';
import { pageOfMatters } from './matter-rows';

const SupervisionMatterConnection = connectionType(SupervisionMatter, 'SupervisionMatter');

/** 审批监督事项, and the department that assists. */
@Resolver()
export class SupervisionMatterResolver {
  @Query(() => SupervisionMatterConnection, {
    description: '某区划（含下级）内的审批监督事项，限本人辖区；民政部门只见请其配合的',
  })
  supervisionMatters(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<SupervisionMatter>> {
    return pageOfMatters(ctx, knownRegion(ctx, region), { first, after });
  }

  @Mutation(() => SupervisionMatter, { nullable: true, description: '对一件申请立项监督' })
  openSupervisionMatter(
    @Arg('input', () => OpenSupervisionMatterInput) input: OpenSupervisionMatterInput,
    @Ctx() ctx: RequestContext,
  ): Promise<SupervisionMatter> {
    return openSupervisionMatter(ctx, { ...input, applicationId: recordId(input.applicationId, 'applicationId') });
  }

  @Mutation(() => SupervisionMatter, { nullable: true, description: '请民政部门配合' })
  addAssistingDepartment(
    @Arg('matterId', () => ID) matterId: string,
    @Ctx() ctx: RequestContext,
  ): Promise<SupervisionMatter> {
    return addAssistingDepartment(ctx, { matterId: recordId(matterId, 'matterId') });
  }

  @Mutation(() => SupervisionMatter, { nullable: true, description: '登记配合部门的意见：限请其配合的' })
  giveAssistingOpinion(
    @Arg('input', () => GiveAssistingOpinionInput) input: GiveAssistingOpinionInput,
    @Ctx() ctx: RequestContext,
  ): Promise<SupervisionMatter> {
    return giveAssistingOpinion(ctx, { ...input, matterId: recordId(input.matterId, 'matterId') });
  }

  @Mutation(() => SupervisionMatter, { nullable: true, description: '办结监督事项' })
  closeSupervisionMatter(
    @Arg('input', () => CloseSupervisionMatterInput) input: CloseSupervisionMatterInput,
    @Ctx() ctx: RequestContext,
  ): Promise<SupervisionMatter> {
    return closeSupervisionMatter(ctx, { ...input, matterId: recordId(input.matterId, 'matterId') });
  }
}
