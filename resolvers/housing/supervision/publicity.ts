import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { recordApprovalPublicity } from '../../../src/commands/record-approval-publicity';
import type { RequestContext } from '../../../src/context';
import { connectionType, PageSize, type Connection } from '../../../schema/page';
import { ApprovalPublicity } from '../../../schema/supervision/approval-publicity';
import { recordId } from '../../identifier';
import { knownRegion } from '../../known-region';
import { RecordApprovalPublicityInput } from './inputs';
import { pageOfApprovalPublicities } from './publicity-rows';

const ApprovalPublicityConnection = connectionType(ApprovalPublicity, 'ApprovalPublicity');

/** 审批结果公布记录: in which medium, where and when. */
@Resolver()
export class ApprovalPublicityResolver {
  @Query(() => ApprovalPublicityConnection, { description: '某区划（含下级）内的审批结果公布记录，限本人辖区' })
  approvalPublicities(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<ApprovalPublicity>> {
    return pageOfApprovalPublicities(ctx, knownRegion(ctx, region), { first, after });
  }

  @Mutation(() => [ApprovalPublicity], { nullable: true, description: '登记审批结果的公布：全部登记，或都不登记' })
  recordApprovalPublicity(
    @Arg('input', () => RecordApprovalPublicityInput) input: RecordApprovalPublicityInput,
    @Ctx() ctx: RequestContext,
  ): Promise<ApprovalPublicity[]> {
    const allotmentIds = input.allotmentIds.map((id) => recordId(id, 'allotmentIds'));
    return recordApprovalPublicity(ctx, { ...input, allotmentIds });
  }
}
