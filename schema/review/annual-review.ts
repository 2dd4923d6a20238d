import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Programme } from '../programme';
import { LocalDate, RegionCode } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** domain.md §5.7; HELD: evidence is lacking, the review goes on when it is there. What may follow what: schema/transitions. */
export enum AnnualReviewState {
  DECLARATION_OPEN = 'DECLARATION_OPEN',
  NOT_DECLARED = 'NOT_DECLARED',
  DECLARED = 'DECLARED',
  SOURCE_CHECK = 'SOURCE_CHECK',
  EVALUATED = 'EVALUATED',
  CONSULTED = 'CONSULTED',
  HEARD = 'HEARD',
  HELD = 'HELD',
  DECIDED = 'DECIDED',
  EXECUTED = 'EXECUTED',
  EXEMPT = 'EXEMPT',
}
registerEnumType(AnnualReviewState, {
  name: 'AnnualReviewState',
  description:
    '年审状态：待申报、逾期未申报、已申报、核对中、已评估、已商民政等部门、已听取意见、待补证、已决定、已执行、免审',
});

/** 年审结论 (IM-7.2–7.8): what an officer decides; nothing ends by itself. */
export enum ReviewOutcome {
  CONTINUE = 'CONTINUE',
  ADJUST = 'ADJUST',
  CONVERT_TO_PUBLIC_RENTAL = 'CONVERT_TO_PUBLIC_RENTAL',
  TERMINATE = 'TERMINATE',
  ORDER_EXIT = 'ORDER_EXIT',
  PENDING_EVIDENCE = 'PENDING_EVIDENCE',
}
registerEnumType(ReviewOutcome, {
  name: 'ReviewOutcome',
  description: '年审结论：继续保障、调整租金或面积或补贴、转为公共租赁住房、终止保障、责令退出、待补证',
});

export enum Exemption {
  NOT_YET_DUE = 'NOT_YET_DUE',
  BY_DECISION = 'BY_DECISION',
}
registerEnumType(Exemption, { name: 'Exemption', description: '免审原因：本年未到期、经批准' });

/** 年审: the review of one household in one year. Its steps alone move it. */
@ObjectType({ description: '年审' })
@Entity()
export class AnnualReview {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Property({ type: 'uuid' }) campaignId!: string;
  @Field(() => RegionCode) @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) householdId!: string;
  @Field(() => Int) @Property({ type: 'integer' }) year!: number;
  @Property({ type: 'uuid' }) entitlementId!: string;
  @Field(() => Programme) @Property({ type: 'text' }) programme!: Programme;
  @Field(() => ID, { nullable: true, description: '年审案件；空为免审，或档案中没有可作申请人的成员' })
  @Property({ type: 'uuid', nullable: true })
  caseId!: string | null;
  @Field(() => LocalDate, { description: '上次审核（或批准）后应再审之日' }) @Property({ type: 'date' }) dueOn!: string;
  @Field(() => LocalDate, { description: '申报截止日' }) @Property({ type: 'date' }) declareBy!: string;
  @Field(() => AnnualReviewState) @Property({ type: 'text' }) state!: AnnualReviewState;
  @Field(() => Exemption, { nullable: true })
  @Property({ type: 'text', nullable: true })
  exemptAs!: Exemption | null;
  @Field(() => ReviewOutcome, { nullable: true })
  @Property({ type: 'text', nullable: true })
  outcome!: ReviewOutcome | null;
  @Field(() => String, { nullable: true, description: '所评估核对报告的校验值' })
  @Property({ type: 'text', nullable: true })
  reportHash!: string | null;
}
