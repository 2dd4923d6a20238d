import { ObjectType, registerEnumType } from 'type-graphql';
import { Fact } from '../../src/exchange/fact';
import { basisPoints, count, fen, oneOf, textLike } from '../../src/exchange/kinds';

/** 账户状态. */
export enum AccountStatus {
  ACTIVE = 'ACTIVE',
  SEALED = 'SEALED',
}
registerEnumType(AccountStatus, { name: 'AccountStatus', description: '公积金账户状态：ACTIVE 正常，SEALED 封存' });

/** 公积金: a person's account (住房公积金管理条例 art. 16, 18). */
@ObjectType({ description: '住房公积金记录' })
export class ProvidentFundRecord {
  @Fact(oneOf(AccountStatus), 'assets') accountStatus!: AccountStatus;
  @Fact(count, 'assets') monthsPaid!: number;
  /** Own and employer's part together. */
  @Fact(fen, 'assets') monthlyContributionFen!: number;
  /** Of the base; at least 500. */
  @Fact(basisPoints, 'assets') ratioBp!: number;
  /** 缴存基数, last year's average monthly wage. */
  @Fact(fen, 'assets') baseFen!: number;
  /** 'YYYY-MM' */
  @Fact(textLike(/^\d{4}-(0[1-9]|1[0-2])$/), 'assets') lastPaidMonth!: string;
}
