import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { moveDwelling } from '../../../src/commands/move-dwelling';
import { recordDwelling } from '../../../src/commands/record-dwelling';
import { recordDwellingDealing } from '../../../src/commands/record-dwelling-dealing';
import { recordLeaseOperation } from '../../../src/commands/record-lease-operation';
import type { RequestContext } from '../../../src/context';
import { connectionType, PageSize, type Connection } from '../../../schema/page';
import { Dwelling, DwellingState } from '../../../schema/tenancy/dwelling';
import { DwellingDealing } from '../../../schema/supervision/dwelling-dealing';
import { DwellingEvent } from '../../../schema/tenancy/dwelling-event';
import { DwellingStep } from '../../../schema/tenancy/dwelling-step';
import { LeaseOperation } from '../../../schema/tenancy/lease-operation';
import { recordId } from '../../identifier';
import { knownRegion } from '../../known-region';
import { eventsOf } from './dwelling-events';
import { dealingsOf, dwellingStepsOf, leaseOperationsOf, pageOfDwellings } from './dwelling-rows';
import {
  MoveDwellingInput,
  RecordDwellingDealingInput,
  RecordDwellingInput,
  RecordLeaseOperationInput,
} from './dwelling-inputs';

const DwellingConnection = connectionType(Dwelling, 'Dwelling');

/** 房源: the stock of a region, and what its office does with it. */
@Resolver(() => Dwelling)
export class DwellingResolver {
  @Query(() => DwellingConnection, { description: '某区划（含下级）内的保障性住房，限本人辖区' })
  dwellings(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('state', () => DwellingState, { nullable: true }) state?: DwellingState,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<Dwelling>> {
    return pageOfDwellings(ctx, { region: knownRegion(ctx, region), state: state ?? null }, { first, after });
  }

  @FieldResolver(() => [DwellingStep], { description: '办理经过，先后为序' })
  steps(@Root() { id }: Pick<Dwelling, 'id'>, @Ctx() ctx: RequestContext): Promise<DwellingStep[]> {
    return dwellingStepsOf(ctx, id);
  }

  @FieldResolver(() => [DwellingEvent], { description: '从立项建设到配租配售、签约的全过程，先后为序' })
  history(@Root() { id }: Pick<Dwelling, 'id'>, @Ctx() ctx: RequestContext): Promise<DwellingEvent[]> {
    return eventsOf(ctx, id);
  }

  @FieldResolver(() => [DwellingDealing], { description: '权属登记、交易、租赁、中介等涉及本房源的业务，先后为序' })
  dealings(@Root() { id }: Pick<Dwelling, 'id'>, @Ctx() ctx: RequestContext): Promise<DwellingDealing[]> {
    return dealingsOf(ctx, id);
  }

  @Mutation(() => Dwelling, { nullable: true, description: '登记涉及保障住房的业务，或经办单位没有答复' })
  recordDwellingDealing(
    @Arg('input', () => RecordDwellingDealingInput) input: RecordDwellingDealingInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Dwelling> {
    return recordDwellingDealing(ctx, { ...input, dwellingId: recordId(input.dwellingId, 'dwellingId') });
  }

  @FieldResolver(() => [LeaseOperation], { description: '签约、租金收取、维修养护、物业管理，先后为序' })
  operations(@Root() { id }: Pick<Dwelling, 'id'>, @Ctx() ctx: RequestContext): Promise<LeaseOperation[]> {
    return leaseOperationsOf(ctx, id);
  }

  @Mutation(() => Dwelling, { nullable: true, description: '登记维修养护、物业管理' })
  recordLeaseOperation(
    @Arg('input', () => RecordLeaseOperationInput) input: RecordLeaseOperationInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Dwelling> {
    return recordLeaseOperation(ctx, { ...input, dwellingId: recordId(input.dwellingId, 'dwellingId') });
  }

  @Mutation(() => Dwelling, { nullable: true, description: '登记一套保障性住房' })
  recordDwelling(
    @Arg('input', () => RecordDwellingInput) input: RecordDwellingInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Dwelling> {
    return recordDwelling(ctx, { ...input, region: knownRegion(ctx, input.region) });
  }

  @Mutation(() => Dwelling, { nullable: true, description: '房源的建设、投入分配、冻结' })
  moveDwelling(
    @Arg('input', () => MoveDwellingInput) input: MoveDwellingInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Dwelling> {
    return moveDwelling(ctx, { ...input, dwellingId: recordId(input.dwellingId, 'dwellingId') });
  }
}
