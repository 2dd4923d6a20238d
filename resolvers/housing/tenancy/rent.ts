import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { recordPayment } from '../../../src/commands/record-payment';
import { recordPriceDifference } from '../../../src/commands/record-price-difference';
import { remitRent } from '../../../src/commands/remit-rent';
import { returnDeposit } from '../../../src/commands/return-deposit';
import { takeDeposit } from '../../../src/commands/take-deposit';
import type { RequestContext } from '../../../src/context';
import { connectionType, PageSize, type Connection } from '../../../schema/page';
import { Contract } from '../../../schema/tenancy/contract';
import { Arrears, RentEntry, TreasuryMonth } from '../../../schema/tenancy/rent-entry';
import { recordId } from '../../identifier';
import { knownRegion } from '../../known-region';
import { ReceiptInput, RemitRentInput } from './inputs';
import { pageOfArrears, rentEntriesOf, treasuryOf } from './rent-rows';

const ArrearsConnection = connectionType(Arrears, 'Arrears');

const named = (input: ReceiptInput): ReceiptInput => ({
  ...input,
  contractId: recordId(input.contractId, 'contractId'),
});

/** 租金台账, 收支两条线. */
@Resolver(() => RentEntry)
export class RentResolver {
  @Query(() => [RentEntry], { description: '一份合同的租金台账，先后为序；限本人辖区' })
  rentEntries(@Arg('contract', () => ID) contract: string, @Ctx() ctx: RequestContext): Promise<RentEntry[]> {
    return rentEntriesOf(ctx, recordId(contract, 'contract'));
  }

  @Query(() => ArrearsConnection, { description: '某区划（含下级）内欠缴租金的合同：只是线索' })
  arrears(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<Arrears>> {
    return pageOfArrears(ctx, knownRegion(ctx, region), { first, after });
  }

  @Query(() => [TreasuryMonth], { description: '收支两条线：某区划（含下级）某年各月实收、已上缴、应缴未缴' })
  treasury(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('year', () => Int) year: number,
  ): Promise<TreasuryMonth[]> {
    return treasuryOf(ctx, knownRegion(ctx, region), year);
  }

  @Mutation(() => Contract, { nullable: true, description: '登记实收租金' })
  recordPayment(@Arg('input', () => ReceiptInput) input: ReceiptInput, @Ctx() ctx: RequestContext): Promise<Contract> {
    return recordPayment(ctx, named(input));
  }

  @Mutation(() => Contract, { nullable: true, description: '登记收取押金' })
  takeDeposit(@Arg('input', () => ReceiptInput) input: ReceiptInput, @Ctx() ctx: RequestContext): Promise<Contract> {
    return takeDeposit(ctx, named(input));
  }

  @Mutation(() => Contract, { nullable: true, description: '登记退还押金' })
  returnDeposit(@Arg('input', () => ReceiptInput) input: ReceiptInput, @Ctx() ctx: RequestContext): Promise<Contract> {
    return returnDeposit(ctx, named(input));
  }

  @Mutation(() => Contract, { nullable: true, description: '登记收取补充差价' })
  recordPriceDifference(
    @Arg('input', () => ReceiptInput) input: ReceiptInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Contract> {
    return recordPriceDifference(ctx, named(input));
  }

  @Mutation(() => TreasuryMonth, { nullable: true, description: '租金上缴财政' })
  async remitRent(
    @Arg('input', () => RemitRentInput) input: RemitRentInput,
    @Ctx() ctx: RequestContext,
  ): Promise<TreasuryMonth> {
    const { month, regionCode } = await remitRent(ctx, { ...input, region: knownRegion(ctx, input.region) });
    const months = await treasuryOf(ctx, regionCode, Number(month.slice(0, 4)));
    return months.find((one) => one.regionCode === regionCode && one.month === month)!;
  }
}
