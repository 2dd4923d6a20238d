import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Classified, withheld } from '../../src/access/classification';
import { Fen, LocalDate } from '../scalars';
import { ReviewOutcome } from './annual-review';
import { Entity, Property } from '../mapping';
import { Step } from '../step';

export enum ReviewStepKind {
  DECLARATION = 'DECLARATION',
  NOT_DECLARED = 'NOT_DECLARED',
  SOURCE_CHECK = 'SOURCE_CHECK',
  EXEMPTION = 'EXEMPTION',
  CONSULTATION = 'CONSULTATION',
  HEARING = 'HEARING',
  DECISION = 'DECISION',
  EXECUTION = 'EXECUTION',
}
registerEnumType(ReviewStepKind, {
  name: 'ReviewStepKind',
  description: '年审步骤：申报、逾期未申报、提请核对、免审、商有关部门、听取意见、决定、执行',
});

/** 会商部门: civil affairs always, others as the matter asks (IM-7.2 商民政等相关部门). */
export enum ConsultedAgency {
  CIVIL_AFFAIRS = 'CIVIL_AFFAIRS',
  PUBLIC_SECURITY = 'PUBLIC_SECURITY',
  NATURAL_RESOURCES = 'NATURAL_RESOURCES',
  PROVIDENT_FUND = 'PROVIDENT_FUND',
  STREET_OFFICE = 'STREET_OFFICE',
  OTHER = 'OTHER',
}
registerEnumType(ConsultedAgency, {
  name: 'ConsultedAgency',
  description: '会商部门：民政、公安、自然资源、住房公积金、街道（乡镇）、其他',
});

/** 会商意见 of another department on a household that seems to meet the conditions no longer. */
export enum Opinion {
  AGREES = 'AGREES',
  OBJECTS = 'OBJECTS',
}
registerEnumType(Opinion, { name: 'Opinion', description: '会商意见：同意、有异议' });

/** 按公共租赁住房标准收取租金，或补充差价购买 (IM-7.4). */
export enum Conversion {
  RENT = 'RENT',
  PURCHASE = 'PURCHASE',
}
registerEnumType(Conversion, { name: 'Conversion', description: '转换方式：按公租房标准收取租金、补充差价购买' });

/** 年审步骤: who did what in a review and when. Never rewritten; what does not belong to its kind is null. */
@ObjectType({ description: '年审步骤' })
@Entity()
export class ReviewStep extends Step {
  @Property({ type: 'uuid' }) householdId!: string;
  @Property({ type: 'uuid' }) reviewId!: string;
  /** Whom the note speaks of; the column is the case's. */
  @Field(() => ID, { nullable: true, description: '所涉申请人' }) personId?: string | null;
  @Field(() => ReviewStepKind) @Property({ type: 'text' }) kind!: ReviewStepKind;
  @Field(() => ConsultedAgency, { nullable: true })
  @Property({ type: 'text', nullable: true })
  agency!: ConsultedAgency | null;
  @Field(() => Opinion, { nullable: true })
  @Property({ type: 'text', nullable: true })
  opinion!: Opinion | null;
  @Field(() => Boolean, { nullable: true, description: '当事人是否到场' })
  @Property({ type: 'boolean', nullable: true })
  attended!: boolean | null;
  @Field(() => ReviewOutcome, { nullable: true })
  @Property({ type: 'text', nullable: true })
  outcome!: ReviewOutcome | null;
  @Field(() => Conversion, { nullable: true })
  @Property({ type: 'text', nullable: true })
  conversion!: Conversion | null;
  @Field(() => Fen, { nullable: true, description: '购买须补充的差价' })
  @Property(({ BigIntType }) => ({ type: new BigIntType('number'), nullable: true }))
  @Classified('assets', withheld)
  amountFen!: number | null;
  @Field(() => String, { nullable: true, description: '合同退出条款或文件依据' })
  @Property({ type: 'text', nullable: true })
  basis!: string | null;
  @Field(() => String, { nullable: true, description: '文号' })
  @Property({ type: 'text', nullable: true })
  documentNumber!: string | null;
  @Field(() => String, { nullable: true, description: '书面理由或记录' })
  @Property({ type: 'text', nullable: true })
  @Classified('personal', withheld)
  note!: string | null;
  @Field(() => String, { nullable: true, description: '所依据核对报告的校验值' })
  @Property({ type: 'text', nullable: true })
  reportHash!: string | null;
  @Field(() => ID, { nullable: true, description: '核对任务' })
  @Property({ type: 'uuid', nullable: true })
  crossCheckId!: string | null;
  @Field(() => ID, { nullable: true, description: '所依据的巡查' })
  @Property({ type: 'uuid', nullable: true })
  inspectionId!: string | null;
  @Field(() => LocalDate, { nullable: true, description: '提出异议的最后一日' })
  @Property({ type: 'date', nullable: true })
  objectionsUntil!: string | null;
  @Field(() => LocalDate, { nullable: true, description: '生效之日' })
  @Property({ type: 'date', nullable: true })
  effectiveOn!: string | null;
}
