import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { draftAllocationProcedure } from '../../../src/commands/draft-allocation-procedure';
import { recordProcedureApproval } from '../../../src/commands/record-procedure-approval';
import { submitAllocationProcedure } from '../../../src/commands/submit-allocation-procedure';
import type { RequestContext } from '../../../src/context';
import { AllocationProcedure } from '../../../schema/allocation/allocation-procedure';
import { connectionType, PageSize, type Connection } from '../../../schema/page';
import { recordId } from '../../identifier';
import { knownRegion } from '../../known-region';
import { DraftAllocationProcedureInput, OnAllocationProcedureInput, RecordProcedureApprovalInput } from './inputs';
import { pageOfProcedures } from './rows';

const AllocationProcedureConnection = connectionType(AllocationProcedure, 'AllocationProcedure');
const named = <Input extends OnAllocationProcedureInput>(input: Input): Input => ({
  ...input,
  procedureId: recordId(input.procedureId, 'procedureId'),
});

/** 分配程序: versions of a region, drafts included; what is approved anybody may read (resolvers/disclosure). */
@Resolver(() => AllocationProcedure)
export class AllocationProcedureResolver {
  @Query(() => AllocationProcedureConnection, { description: '某区划（含下级）的分配程序各版本，限本人辖区，新者在前' })
  allocationProcedures(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<AllocationProcedure>> {
    return pageOfProcedures(ctx, knownRegion(ctx, region), { first, after });
  }

  @Mutation(() => AllocationProcedure, { nullable: true, description: '拟定或重写本区划的分配程序草案' })
  draftAllocationProcedure(
    @Arg('input', () => DraftAllocationProcedureInput) input: DraftAllocationProcedureInput,
    @Ctx() ctx: RequestContext,
  ): Promise<AllocationProcedure> {
    return draftAllocationProcedure(ctx, { ...input, region: knownRegion(ctx, input.region) });
  }

  @Mutation(() => AllocationProcedure, { nullable: true, description: '报同级人民政府批准' })
  submitAllocationProcedure(
    @Arg('input', () => OnAllocationProcedureInput) input: OnAllocationProcedureInput,
    @Ctx() ctx: RequestContext,
  ): Promise<AllocationProcedure> {
    return submitAllocationProcedure(ctx, named(input));
  }

  @Mutation(() => AllocationProcedure, { nullable: true, description: '登记同级人民政府的批准，全文随即公开' })
  recordProcedureApproval(
    @Arg('input', () => RecordProcedureApprovalInput) input: RecordProcedureApprovalInput,
    @Ctx() ctx: RequestContext,
  ): Promise<AllocationProcedure> {
    return recordProcedureApproval(ctx, named(input));
  }
}
