import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { closeAllocationBatch } from '../../../src/commands/close-allocation-batch';
import { openAllocationBatch } from '../../../src/commands/open-allocation-batch';
import { recordAllocationStep } from '../../../src/commands/record-allocation-step';
import { carriedOutBy, clause } from '../../../src/clauses';
import type { RequestContext } from '../../../src/context';
import { verdictOf } from '../../../src/engine/allocation/compare';
import { AllocationBatch, AllocationBatchState } from '../../../schema/allocation/allocation-batch';
import { AllocationProcedure } from '../../../schema/allocation/allocation-procedure';
import { BatchCheck, BatchCheckOutcome } from '../../../schema/allocation/batch-check';
import { AllocationBatchStep } from '../../../schema/allocation/batch-step';
import { connectionType, PageSize, type Connection } from '../../../schema/page';
import { recordId } from '../../identifier';
import { knownRegion } from '../../known-region';
import { OnAllocationBatchInput, OpenAllocationBatchInput, RecordAllocationStepInput } from './inputs';
import { checksOfBatch, pageOfBatches, procedureOfBatch, stepsOfBatch, type Compared } from './rows';

const AllocationBatchConnection = connectionType(AllocationBatch, 'AllocationBatch');

/** 按程序内容分配; 按法律法规规章及管理规定执行. */
const comparedWithProcedure = carriedOutBy('MEASURE', clause('GX-6.2.2(1)'));
const comparedWithLaw = carriedOutBy('MEASURE', clause('GX-6.2.2(2)'));

const named = <Input extends OnAllocationBatchInput>(input: Input): Input => ({
  ...input,
  batchId: recordId(input.batchId, 'batchId'),
});

/** 分配批次: what its office records of it, and what supervision makes of that. */
@Resolver(() => AllocationBatch)
export class AllocationBatchResolver {
  @Query(() => AllocationBatchConnection, { description: '某区划（含下级）的分配批次，限本人辖区' })
  allocationBatches(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('state', () => AllocationBatchState, { nullable: true }) state?: AllocationBatchState,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<AllocationBatch>> {
    return pageOfBatches(ctx, { region: knownRegion(ctx, region), state: state ?? null }, { first, after });
  }

  @FieldResolver(() => AllocationProcedure, { description: '所依据的分配程序版本' })
  procedure(
    @Root() { procedureId }: Pick<AllocationBatch, 'procedureId'>,
    @Ctx() ctx: RequestContext,
  ): Promise<AllocationProcedure> {
    return procedureOfBatch(ctx, procedureId);
  }

  @FieldResolver(() => [AllocationBatchStep], { description: '环节记录，登记先后为序' })
  steps(@Root() { id }: Pick<AllocationBatch, 'id'>, @Ctx() ctx: RequestContext): Promise<AllocationBatchStep[]> {
    return stepsOfBatch(ctx, id);
  }

  @FieldResolver(() => [BatchCheck], { description: '与所依据的分配程序版本、与法律法规规章及管理规定的逐项比对' })
  async checks(@Root() batch: Compared, @Ctx() ctx: RequestContext): Promise<BatchCheck[]> {
    const checks = await checksOfBatch(ctx, batch);
    comparedWithProcedure();
    comparedWithLaw();
    return checks;
  }

  @FieldResolver(() => BatchCheckOutcome, { description: '全部比对中最重的一项：不符、待核实、尚未到期、相符' })
  async outcome(@Root() batch: Compared, @Ctx() ctx: RequestContext): Promise<BatchCheckOutcome> {
    return verdictOf(await checksOfBatch(ctx, batch));
  }

  @Mutation(() => AllocationBatch, { nullable: true, description: '依据施行中的分配程序开启批次' })
  openAllocationBatch(
    @Arg('input', () => OpenAllocationBatchInput) input: OpenAllocationBatchInput,
    @Ctx() ctx: RequestContext,
  ): Promise<AllocationBatch> {
    return openAllocationBatch(ctx, { ...input, procedureId: recordId(input.procedureId, 'procedureId') });
  }

  @Mutation(() => AllocationBatch, { nullable: true, description: '登记批次环节的办理；已登记的为更正' })
  recordAllocationStep(
    @Arg('input', () => RecordAllocationStepInput) input: RecordAllocationStepInput,
    @Ctx() ctx: RequestContext,
  ): Promise<AllocationBatch> {
    return recordAllocationStep(ctx, named(input));
  }

  @Mutation(() => AllocationBatch, { nullable: true, description: '结束批次' })
  closeAllocationBatch(
    @Arg('input', () => OnAllocationBatchInput) input: OnAllocationBatchInput,
    @Ctx() ctx: RequestContext,
  ): Promise<AllocationBatch> {
    return closeAllocationBatch(ctx, named(input));
  }
}
