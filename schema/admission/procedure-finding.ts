import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { RegionCode } from '../scalars';

/** 环节 of an application and of what follows it, with the approval itself. */
export enum ProcedureStage {
  APPLICATION = 'APPLICATION',
  ACCEPTANCE = 'ACCEPTANCE',
  REVIEW = 'REVIEW',
  PUBLICITY = 'PUBLICITY',
  WAITING = 'WAITING',
  RECHECK = 'RECHECK',
  APPROVAL = 'APPROVAL',
}
registerEnumType(ProcedureStage, {
  name: 'ProcedureStage',
  description: '环节：申请、受理、审核、公示、轮候、复核、审批',
});

export enum ProcedureFindingKind {
  HISTORY_INCOMPLETE = 'HISTORY_INCOMPLETE',
  RULE_MISSING = 'RULE_MISSING',
}
registerEnumType(ProcedureFindingKind, {
  name: 'ProcedureFindingKind',
  description: '审批过程检查发现：环节记录不全、没有建立制度',
});

/** 审批过程检查发现 [GX-10.1.1] [GX-10.2.1]: as things stand today; it goes when what is lacking is there. It tells nothing of a person. */
@ObjectType({ description: '审批过程检查发现，以今日为准' })
export class ProcedureFinding {
  @Field(() => ProcedureFindingKind) finding!: ProcedureFindingKind;
  @Field(() => ProcedureStage) stage!: ProcedureStage;
  @Field(() => RegionCode) regionCode!: string;
  @Field(() => ID, { nullable: true, description: '记录不全的申请' }) applicationId!: string | null;
  @Field(() => Int, { nullable: true, description: '第几次审核、公示；复核的年度' }) round!: number | null;
  @Field(() => [String], {
    description:
      '所缺：AUTHOR 经办人、TIME 时间、RESULT 结果；制度则为没有依据文件的参数编码，或 form-template 申请审核表',
  })
  lacks!: string[];
}
