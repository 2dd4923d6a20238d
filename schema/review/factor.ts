import { Field, ObjectType, registerEnumType } from 'type-graphql';

/** 人口、收入、财产、住房 (IM-7.1). */
export enum ReviewFactorKind {
  POPULATION = 'POPULATION',
  INCOME = 'INCOME',
  ASSETS = 'ASSETS',
  HOUSING = 'HOUSING',
}
registerEnumType(ReviewFactorKind, { name: 'ReviewFactorKind', description: '年审内容：人口、收入、财产、住房' });

export enum FactorOutcome {
  PASS = 'PASS',
  FAIL = 'FAIL',
  INCONCLUSIVE = 'INCONCLUSIVE',
  NOT_APPLICABLE = 'NOT_APPLICABLE',
}
registerEnumType(FactorOutcome, { name: 'FactorOutcome', description: '符合、不符合、待核实、无适用规则' });

/** 年审因素: one of the four matters, by the findings of the last report. */
@ObjectType({ description: '年审因素' })
export class ReviewFactor {
  @Field(() => ReviewFactorKind) factor!: ReviewFactorKind;
  @Field(() => FactorOutcome) outcome!: FactorOutcome;
  @Field(() => Boolean, { description: '与批准时相比有变化' }) changed!: boolean;
  @Field(() => [String], { description: '所依据的规则' }) rules!: readonly string[];
  @Field(() => [String], { description: '未通过或待核实的说明' }) sentences!: readonly string[];
}
