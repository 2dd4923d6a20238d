import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Classified, withheld } from '../../src/access/classification';
import { Opinion } from '../review/review-step';
import { Entity, Property } from '../mapping';
import { Step } from '../step';

export enum ApplicationStepKind {
  SUBMISSION = 'SUBMISSION',
  RETURN = 'RETURN',
  ACCEPTANCE = 'ACCEPTANCE',
  OPINION = 'OPINION',
  PASS = 'PASS',
  REJECTION = 'REJECTION',
  POSTING = 'POSTING',
  PERIOD_END = 'PERIOD_END',
  CLEARANCE = 'CLEARANCE',
  SENT_BACK = 'SENT_BACK',
  APPROVAL = 'APPROVAL',
  WITHDRAWAL = 'WITHDRAWAL',
  APPEAL = 'APPEAL',
  APPEAL_UPHELD = 'APPEAL_UPHELD',
  APPEAL_DISMISSED = 'APPEAL_DISMISSED',
  REVOCATION = 'REVOCATION',
}
registerEnumType(ApplicationStepKind, {
  name: 'ApplicationStepKind',
  description:
    '办理步骤：提交、一次性告知补正、受理、部门意见、审核通过、审核不通过、公示、公示期满、公示无异议、异议成立退回审核、批准、撤回、申诉、申诉成立、申诉不成立、撤销',
});

/** 会同部门 of a review [IM-3.C5, IM-3.D3, IM-3.D5]. */
export enum JointAgency {
  CIVIL_AFFAIRS = 'CIVIL_AFFAIRS',
  PUBLIC_SECURITY = 'PUBLIC_SECURITY',
}
registerEnumType(JointAgency, { name: 'JointAgency', description: '会同审核部门：民政、公安' });

/** 办理步骤: who did what with an application and when. Never rewritten; what does not belong to its kind is null. */
@ObjectType({ description: '申请办理步骤' })
@Entity()
export class ApplicationStep extends Step {
  @Property({ type: 'uuid' }) householdId!: string;
  @Property({ type: 'uuid' }) applicationId!: string;
  /** Whom the note speaks of; the column is the case's. */
  @Field(() => ID, { nullable: true, description: '所涉申请人' }) personId?: string | null;
  /** Of the application as it was before the step. */
  @Property({ type: 'integer' }) version!: number;
  @Field(() => ApplicationStepKind) @Property({ type: 'text' }) kind!: ApplicationStepKind;
  @Field(() => Int, { description: '第几次审核、公示' }) @Property({ type: 'integer' }) round!: number;
  @Field(() => JointAgency, { nullable: true })
  @Property({ type: 'text', nullable: true })
  agency!: JointAgency | null;
  @Field(() => Opinion, { nullable: true })
  @Property({ type: 'text', nullable: true })
  opinion!: Opinion | null;
  @Field(() => String, { nullable: true, description: '文号' })
  @Property({ type: 'text', nullable: true })
  documentNumber!: string | null;
  @Field(() => String, { nullable: true, description: '书面理由、意见、须补正的全部事项或记录' })
  @Property({ type: 'text', nullable: true })
  @Classified('personal', withheld)
  note!: string | null;
  @Field(() => String, { nullable: true, description: '所依据核对报告的校验值' })
  @Property({ type: 'text', nullable: true })
  reportHash!: string | null;
  @Field(() => ID, { nullable: true }) @Property({ type: 'uuid', nullable: true }) publicityId!: string | null;
}
