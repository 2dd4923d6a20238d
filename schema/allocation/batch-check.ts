import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { AllocationStep } from './step';

export enum BatchCheckBasis {
  PROCEDURE = 'PROCEDURE',
  LAW = 'LAW',
}
registerEnumType(BatchCheckBasis, {
  name: 'BatchCheckBasis',
  description: '比对依据：所依据的分配程序版本、法律法规规章及住房保障管理规定',
});

/** INCONCLUSIVE is never a pass, and never a finding. */
export enum BatchCheckOutcome {
  PASS = 'PASS',
  FAIL = 'FAIL',
  INCONCLUSIVE = 'INCONCLUSIVE',
  NOT_DUE = 'NOT_DUE',
}
registerEnumType(BatchCheckOutcome, {
  name: 'BatchCheckOutcome',
  description: '比对结果：相符、不符、待核实、尚未到期',
});

export enum BatchCheckReason {
  SKIPPED = 'SKIPPED',
  OUT_OF_ORDER = 'OUT_OF_ORDER',
  PERIOD_TOO_SHORT = 'PERIOD_TOO_SHORT',
  DAY_UNKNOWN = 'DAY_UNKNOWN',
  RULE_UNKNOWN = 'RULE_UNKNOWN',
}
registerEnumType(BatchCheckReason, {
  name: 'BatchCheckReason',
  description: '不符或待核实的原因：缺少该环节、先后颠倒、期限不足、办理之日不详、没有有文号的规定',
});

/** 批次比对 [GX-6.2.2(1)] [GX-6.2.2(2)]: one step against the bound procedure or a rule of law, as things stand today. */
@ObjectType({ description: '分配批次的一项比对，以今日为准' })
export class BatchCheck {
  @Field(() => BatchCheckBasis) basis!: BatchCheckBasis;
  @Field(() => AllocationStep) step!: AllocationStep;
  @Field(() => BatchCheckOutcome) outcome!: BatchCheckOutcome;
  @Field(() => BatchCheckReason, { nullable: true }) reason!: BatchCheckReason | null;
  @Field(() => AllocationStep, { nullable: true, description: '与哪一环节相比' }) against!: AllocationStep | null;
  @Field(() => Int, { nullable: true, description: '实有整日数' }) observedDays!: number | null;
  @Field(() => Int, { nullable: true, description: '规定的整日数' }) requiredDays!: number | null;
  @Field(() => String, { nullable: true, description: '规定的参数编码' }) rule!: string | null;
  @Field(() => String, { nullable: true, description: '规定或批准文件的文号' }) citation!: string | null;
}
