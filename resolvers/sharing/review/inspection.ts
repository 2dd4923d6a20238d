import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { closeInspection } from '../../../src/commands/close-inspection';
import { recordSignal } from '../../../src/commands/record-signal';
import type { RequestContext } from '../../../src/context';
import { connectionType, PageSize, type Connection } from '../../../schema/page';
import { ExitCase } from '../../../schema/review/exit-case';
import { Inspection, InspectionState, SignalRecord } from '../../../schema/review/inspection';
import { HouseholdOfSharing } from '../../../schema/sharing/stubs';
import { knownRegion } from '../../known-region';
import { recordId, recordIdOrNone } from '../../identifier';
import { CloseInspectionInput, RecordSignalInput } from './inputs';
import { pageOfExits, pageOfInspections, signalRecordOf } from './inspection-rows';

const InspectionConnection = connectionType(Inspection, 'Inspection');
const ExitCaseConnection = connectionType(ExitCase, 'ExitCase');

/** 巡查: signals of misuse, the visits they ask for, and how often they were right. */
@Resolver(() => Inspection)
export class InspectionResolver {
  @Query(() => InspectionConnection, { description: '某区划（含下级）内的使用情况巡查，限本人辖区；应巡查日早者在前' })
  inspections(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('state', () => InspectionState, { nullable: true }) state?: InspectionState,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<Inspection>> {
    return pageOfInspections(ctx, knownRegion(ctx, region), state ?? null, { first, after });
  }

  @Query(() => [SignalRecord], { description: '某区划（含下级）内各类线索的属实情况，限本人辖区' })
  signalRecord(@Arg('region', () => String) region: string, @Ctx() ctx: RequestContext): Promise<SignalRecord[]> {
    return signalRecordOf(ctx, knownRegion(ctx, region));
  }

  @FieldResolver(() => HouseholdOfSharing)
  household(@Root() { householdId }: Pick<Inspection, 'householdId'>): HouseholdOfSharing {
    return { id: householdId };
  }

  @Mutation(() => Inspection, { nullable: true, description: '登记使用情况线索：只引起巡查，不作任何处理' })
  recordSignal(
    @Arg('input', () => RecordSignalInput) input: RecordSignalInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Inspection> {
    return recordSignal(ctx, { ...input, householdId: recordId(input.householdId, 'householdId') });
  }

  @Mutation(() => Inspection, { nullable: true, description: '登记巡查结果' })
  closeInspection(
    @Arg('input', () => CloseInspectionInput) input: CloseInspectionInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Inspection> {
    return closeInspection(ctx, { ...input, inspectionId: recordId(input.inspectionId, 'inspectionId') });
  }
}

/** 退出案: who has to leave by when. */
@Resolver(() => ExitCase)
export class ExitCaseResolver {
  @Query(() => ExitCaseConnection, { description: '某区划（含下级）内的退出案，限本人辖区；腾退期限早者在前' })
  exitCases(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('of', () => ID, { nullable: true, description: '只列这一退出案，或这一家庭的退出案' }) of?: string,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<ExitCase>> {
    return pageOfExits(ctx, knownRegion(ctx, region), recordIdOrNone(of, 'of'), { first, after });
  }

  @FieldResolver(() => HouseholdOfSharing)
  household(@Root() { householdId }: Pick<ExitCase, 'householdId'>): HouseholdOfSharing {
    return { id: householdId };
  }
}
