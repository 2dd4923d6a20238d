import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Classified, withheld } from '../../src/access/classification';
import { Fen, Instant, LocalDate } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** Each is a double line: which account it debits and which it credits stands in `rent_posting`. */
export enum RentEntryKind {
  CHARGE = 'CHARGE',
  ADJUSTMENT = 'ADJUSTMENT',
  PAYMENT = 'PAYMENT',
  REMITTED_TO_TREASURY = 'REMITTED_TO_TREASURY',
  DEPOSIT_TAKEN = 'DEPOSIT_TAKEN',
  DEPOSIT_RETURNED = 'DEPOSIT_RETURNED',
  PRICE_DIFFERENCE = 'PRICE_DIFFERENCE',
}
registerEnumType(RentEntryKind, {
  name: 'RentEntryKind',
  description: '台账种类：应收租金、调整、实收租金、上缴财政、收取押金、退还押金、收取补充差价',
});

/** 租金台账: what was due, what came and what went. It only grows. */
@ObjectType({ description: '租金台账' })
@Entity()
export class RentEntry {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid', nullable: true }) householdId!: string | null;
  @Property({ type: 'uuid', nullable: true }) contractId!: string | null;
  /** Who owes or pays: the applicant of the file. */
  @Field(() => ID, { nullable: true, description: '所涉申请人' }) personId?: string | null;
  @Field(() => RentEntryKind) @Property({ type: 'text' }) kind!: RentEntryKind;
  @Field(() => LocalDate, { description: '所属月份的首日' }) @Property({ type: 'date' }) month!: string;
  @Field(() => Fen, { nullable: true, description: '金额' })
  @Property(({ BigIntType }) => ({ type: new BigIntType('number') }))
  @Classified('personal', withheld)
  amountFen!: number;
  @Field({ description: '借方科目' }) debit?: string;
  @Field({ description: '贷方科目' }) credit?: string;
  @Field(() => Instant) @Property({ type: 'datetime', columnType: 'timestamptz' }) at!: Date;
  @Field(() => LocalDate) @Property({ type: 'date' }) onDay!: string;
  @Field({ description: '经办人' }) @Property({ type: 'text' }) takenBy!: string;
  @Property({ type: 'text' }) role!: string;
  @Property({ type: 'text' }) office!: string;
  @Field(() => String, { nullable: true, description: '票据号' })
  @Property({ type: 'text', nullable: true })
  documentNumber!: string | null;
}

/** 收支两条线: of a region and month, what came in, what went to the treasury, what is still to go. */
@ObjectType({ description: '收支两条线：某地区某月实收、已上缴、应缴未缴' })
export class TreasuryMonth {
  @Field({ description: '区划' }) regionCode!: string;
  @Field(() => LocalDate, { description: '月份的首日' }) month!: string;
  @Field(() => Fen, { description: '实收租金' }) receivedFen!: number;
  @Field(() => Fen, { description: '已上缴' }) remittedFen!: number;
  @Field(() => Fen, { description: '应缴未缴' }) toRemitFen!: number;
}

/** 欠缴: a signal for somebody to look at, and nothing else. */
@ObjectType({ description: '累计欠缴租金：只是线索，不作任何处理' })
export class Arrears {
  @Field(() => ID, { description: '合同' }) contractId!: string;
  @Field(() => ID, { nullable: true, description: '所涉申请人' }) personId?: string | null;
  @Field(() => Int, { description: '累计欠缴月数' }) months!: number;
  @Field(() => Fen, { nullable: true, description: '欠缴金额' })
  @Classified('personal', withheld)
  owedFen!: number;
  @Field(() => Boolean, { nullable: true, description: '是否已达规定月数；空为该地区没有设定月数，不知是否已达' })
  overLimit!: boolean | null;
}
