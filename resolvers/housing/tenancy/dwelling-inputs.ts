import { Field, ID, InputType, Int } from 'type-graphql';
import type { MoveDwelling } from '../../../src/commands/move-dwelling';
import type { RecordDwelling } from '../../../src/commands/record-dwelling';
import type { RecordDwellingDealing } from '../../../src/commands/record-dwelling-dealing';
import type { RecordLeaseOperation } from '../../../src/commands/record-lease-operation';
import { AreaKind } from '../../../schema/area-kind';
import { Programme } from '../../../schema/programme';
import { Fen, Integer, LocalDate } from '../../../schema/scalars';
import { DealingAnswer, DealingKind } from '../../../schema/supervision/dwelling-dealing';
import { DwellingRaising, DwellingState } from '../../../schema/tenancy/dwelling';
import { DwellingStepKind } from '../../../schema/tenancy/dwelling-step';
import { LeaseOperationKind } from '../../../schema/tenancy/lease-operation';

@InputType({ description: '登记保障性住房' })
export class RecordDwellingInput implements RecordDwelling {
  @Field({ description: '旗县市区' }) region!: string;
  @Field({ description: '不动产单元代码（GB/T 37346，28 位）' }) unitCode!: string;
  @Field({ description: '项目名称' }) project!: string;
  @Field({ description: '坐落' }) address!: string;
  @Field(() => Programme) programme!: Programme;
  @Field({ description: '套型' }) unitType!: string;
  @Field(() => Integer, { description: '面积，平方厘米' }) areaCm2!: number;
  @Field(() => AreaKind) areaKind!: AreaKind;
  @Field({ description: '产权单位' }) owner!: string;
  @Field({ description: '运营管理单位' }) manager!: string;
  @Field(() => String, { nullable: true, description: '租金标准文号' }) rentStandard?: string | null;
  @Field(() => DwellingRaising, { nullable: true, description: '筹集方式' }) raising?: DwellingRaising | null;
  @Field(() => DwellingState, { description: '登记时的状态：计划、在建、竣工、可交付' }) state!: DwellingState;
}

@InputType({ description: '办理哪一套房源：编号与所见版本' })
export class MoveDwellingInput implements MoveDwelling {
  @Field(() => ID) dwellingId!: string;
  @Field(() => Int, { description: '所见版本；已被他人办理的须重新读取' }) version!: number;
  @Field(() => DwellingStepKind) step!: DwellingStepKind;
  @Field(() => String, { nullable: true, description: '文号；冻结的必填' }) documentNumber?: string | null;
}

@InputType({ description: '登记涉及保障住房的业务' })
export class RecordDwellingDealingInput implements RecordDwellingDealing {
  @Field(() => ID) dwellingId!: string;
  @Field(() => DealingKind) kind!: DealingKind;
  @Field(() => DealingAnswer) answer!: DealingAnswer;
  @Field({ description: '经办单位' }) handlingBody!: string;
  @Field(() => LocalDate, { description: '业务、答复或询问之日，不晚于今日' }) onDay!: string;
  @Field(() => String, { nullable: true, description: '业务编号' }) documentNumber?: string | null;
}

@InputType({ description: '登记维修养护、物业管理' })
export class RecordLeaseOperationInput implements RecordLeaseOperation {
  @Field(() => ID) dwellingId!: string;
  @Field(() => LeaseOperationKind) kind!: LeaseOperationKind;
  @Field(() => LocalDate, { description: '办理之日，不晚于今日' }) onDay!: string;
  @Field({ description: '内容；不写居住人的情况' }) summary!: string;
  @Field({ description: '承办单位' }) doneBy!: string;
  @Field(() => Fen, { nullable: true, description: '费用' }) amountFen?: number | null;
  @Field(() => String, { nullable: true, description: '单据号' }) documentNumber?: string | null;
}
