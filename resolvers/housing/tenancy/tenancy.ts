import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { beijingDay } from '../../../src/access/day';
import type { RequestContext } from '../../../src/context';
import { connectionType, PageSize, type Connection } from '../../../schema/page';
import { Allotment, AllotmentState } from '../../../schema/tenancy/allotment';
import { Contract, ContractState, RenewalWindow } from '../../../schema/tenancy/contract';
import { ContractKind, ContractTemplate } from '../../../schema/tenancy/contract-template';
import { Occupancy } from '../../../schema/tenancy/occupancy';
import { TenancyStep } from '../../../schema/tenancy/tenancy-step';
import { recordId, recordIdOrNone } from '../../identifier';
import { knownRegion } from '../../known-region';
import { contractTemplatesOf, occupancyOf, pageOfAllotments, pageOfContracts, tenancyStepsOf } from './tenancy-rows';

const AllotmentConnection = connectionType(Allotment, 'Allotment');
const ContractConnection = connectionType(Contract, 'Contract');

/** 配租配售、合同、入住: lists, and the steps of each. */
@Resolver(() => Contract)
export class TenancyResolver {
  @Query(() => AllotmentConnection, { description: '某区划（含下级）内的配租配售，限本人辖区' })
  allotments(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('state', () => AllotmentState, { nullable: true }) state?: AllotmentState,
    @Arg('withoutContract', () => Boolean, { nullable: true, description: '只列（或不列）已接受而没有签订合同的' })
    withoutContract?: boolean,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<Allotment>> {
    const filter = { state: state ?? null, withoutContract: withoutContract ?? null };
    return pageOfAllotments(ctx, { region: knownRegion(ctx, region), ...filter }, { first, after });
  }

  @Query(() => ContractConnection, { description: '某区划（含下级）内的合同，限本人辖区' })
  contracts(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('state', () => ContractState, { nullable: true }) state?: ContractState,
    @Arg('renewal', () => RenewalWindow, { nullable: true, description: '续租所处阶段' }) renewal?: RenewalWindow,
    @Arg('of', () => ID, { nullable: true, description: '只列这一份合同，或这一家庭的合同' }) of?: string,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<Contract>> {
    const filter = { state: state ?? null, renewal: renewal ?? null, of: recordIdOrNone(of, 'of') };
    return pageOfContracts(ctx, { region: knownRegion(ctx, region), ...filter }, beijingDay(ctx.hub.now()), {
      first,
      after,
    });
  }

  @Query(() => [ContractTemplate], { description: '盟市合同范本的各版本，同类新者在前' })
  contractTemplates(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('kind', () => ContractKind, { nullable: true }) kind?: ContractKind,
  ): Promise<ContractTemplate[]> {
    return contractTemplatesOf(ctx, knownRegion(ctx, region), kind ?? null);
  }

  @Query(() => [TenancyStep], { description: '一项配租配售、合同、入住或退出案的办理经过，先后为序；限本人辖区' })
  tenancySteps(@Arg('of', () => ID) of: string, @Ctx() ctx: RequestContext): Promise<TenancyStep[]> {
    return tenancyStepsOf(ctx, recordId(of, 'of'));
  }

  @FieldResolver(() => Occupancy, { nullable: true, description: '入住；交付之前为空' })
  occupancy(
    @Root() { allotmentId }: Pick<Contract, 'allotmentId'>,
    @Ctx() ctx: RequestContext,
  ): Promise<Occupancy | null> {
    return occupancyOf(ctx, allotmentId);
  }
}
