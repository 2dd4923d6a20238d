import { ObjectType, registerEnumType } from 'type-graphql';
import { idNumber, name } from '../../src/access/classification';
import { Fact } from '../../src/exchange/fact';
import { day, fen, idNumberSealed, oneOf, orNone, text } from '../../src/exchange/kinds';

/** 婚姻状况 (GB/T 2261.2). */
export enum MarriageStatus {
  UNMARRIED = 'UNMARRIED',
  MARRIED = 'MARRIED',
  WIDOWED = 'WIDOWED',
  DIVORCED = 'DIVORCED',
  NOT_STATED = 'NOT_STATED',
}
registerEnumType(MarriageStatus, { name: 'MarriageStatus', description: '婚姻状况' });

/** 社会救助类别 (社会救助法). */
export enum AllowanceClass {
  NONE = 'NONE',
  SUBSISTENCE = 'SUBSISTENCE',
  EXTREME_POVERTY = 'EXTREME_POVERTY',
  MARGINAL = 'MARGINAL',
  RIGID_EXPENDITURE = 'RIGID_EXPENDITURE',
}
registerEnumType(AllowanceClass, {
  name: 'AllowanceClass',
  description: '救助类别：SUBSISTENCE 低保，EXTREME_POVERTY 特困，MARGINAL 低保边缘，RIGID_EXPENDITURE 刚性支出困难',
});

/** 收入认定类别 (GX-10.1.2). */
export enum IncomeClass {
  NONE = 'NONE',
  LOW_INCOME = 'LOW_INCOME',
  LOWER_MIDDLE_INCOME = 'LOWER_MIDDLE_INCOME',
}
registerEnumType(IncomeClass, {
  name: 'IncomeClass',
  description: '收入认定：LOW_INCOME 低收入，LOWER_MIDDLE_INCOME 中等偏下收入',
});

/** 民政: marriage, death, allowances and the determination of income, as civil affairs holds them of one person. */
@ObjectType({ description: '民政记录' })
export class CivilAffairsRecord {
  @Fact(oneOf(MarriageStatus), 'personal') marriageStatus!: MarriageStatus;
  @Fact(orNone(idNumberSealed), 'identity', idNumber) spouseIdNumber!: string | null;
  @Fact(orNone(text), 'personal', name) spouseName!: string | null;
  /** Null: no death is registered. */
  @Fact(orNone(day), 'personal') deceasedOn!: string | null;
  @Fact(oneOf(AllowanceClass), 'welfare') allowanceClass!: AllowanceClass;
  @Fact(orNone(day), 'welfare') allowanceValidUntil!: string | null;
  @Fact(oneOf(IncomeClass), 'welfare') incomeClass!: IncomeClass;
  /** Per head of the household, monthly, as determined. */
  @Fact(orNone(fen), 'welfare') perHeadMonthlyFen!: number | null;
  @Fact(orNone(day), 'welfare') determinationValidUntil!: string | null;
}
