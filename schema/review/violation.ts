import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Classified, withheld } from '../../src/access/classification';
import { LocalDate, RegionCode } from '../scalars';
import { Misuse } from './inspection';
import { Entity, PrimaryKey, Property } from '../mapping';

export enum ViolationState {
  OPENED = 'OPENED',
  CLOSED = 'CLOSED',
}
registerEnumType(ViolationState, { name: 'ViolationState', description: '违规状态：待处理、已处理' });

/** ORDER_EXIT is carried out by the decision of a review; here it is only said. */
export enum ViolationDecision {
  ORDER_EXIT = 'ORDER_EXIT',
  CORRECTED = 'CORRECTED',
  NOT_ESTABLISHED = 'NOT_ESTABLISHED',
}
registerEnumType(ViolationDecision, {
  name: 'ViolationDecision',
  description: '处理决定：责令退出、已改正、不成立',
});

/** 违规 [IM-7.5, 7.6]: what a visit confirmed; the county's task to decide whether its exit is ordered. It closes with an investigation, a decision and a day, or not. */
@ObjectType({ description: '违规使用：待旗县住房保障部门调查处理' })
@Entity()
export class Violation {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field(() => RegionCode) @Property({ type: 'text' }) regionCode!: string;
  @Field(() => ID, { description: '家庭' }) @Property({ type: 'uuid' }) householdId!: string;
  @Field(() => ID, { description: '所依据的巡查' }) @Property({ type: 'uuid' }) inspectionId!: string;
  /** Whom the record speaks of: the applicant of the file. */
  @Field(() => ID, { nullable: true, description: '所涉申请人' }) personId?: string | null;
  @Field(() => Misuse, { description: '退出事由' }) @Property({ type: 'text' }) kind!: Misuse;
  @Field({ description: '承办部门' }) @Property({ type: 'text' }) office!: string;
  @Field(() => ViolationState) @Property({ type: 'text' }) state!: ViolationState;
  @Field(() => LocalDate) @Property({ type: 'date' }) openedOn!: string;
  @Field(() => String, { nullable: true, description: '调查情况' })
  @Property({ type: 'text', nullable: true })
  @Classified('personal', withheld)
  investigation!: string | null;
  @Field(() => ViolationDecision, { nullable: true })
  @Property({ type: 'text', nullable: true })
  decision!: ViolationDecision | null;
  @Field(() => String, { nullable: true, description: '决定文号' })
  @Property({ type: 'text', nullable: true })
  documentNumber!: string | null;
  @Field(() => LocalDate, { nullable: true })
  @Property({ type: 'date', nullable: true })
  decidedOn!: string | null;
  @Field(() => String, { nullable: true, description: '决定人' })
  @Property({ type: 'text', nullable: true })
  decidedBy!: string | null;
}
