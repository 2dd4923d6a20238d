import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Instant, LocalDate } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** What is to be done: ask a source, have a letter signed, settle what a rule needs beside answers, have a record corrected, or two sources agree. */
export enum EvidenceTaskKind {
  SOURCE = 'SOURCE',
  LETTER = 'LETTER',
  RULE = 'RULE',
  CORRECTION = 'CORRECTION',
  CONFLICT = 'CONFLICT',
}
registerEnumType(EvidenceTaskKind, {
  name: 'EvidenceTaskKind',
  description: '补证方式：询问来源、签署授权书、核实事项、更正来源记录、核对来源间的不一致',
});

/** OVERDUE is an open task whose day has passed: the day alone makes it so. */
export enum EvidenceTaskState {
  OPEN = 'OPEN',
  DONE = 'DONE',
  OVERDUE = 'OVERDUE',
}
registerEnumType(EvidenceTaskState, { name: 'EvidenceTaskState', description: '补证状态：待办、完成、逾期' });

/** 补证任务: something that a report lacks, of the same people at the same source; ended by the report that lacks it no more. */
@ObjectType({ description: '补证任务' })
@Entity()
export class EvidenceTask {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) householdId!: string;
  @Field(() => ID) @Property({ type: 'uuid' }) caseId!: string;
  @Field(() => EvidenceTaskKind) @Property({ type: 'text' }) kind!: EvidenceTaskKind;
  @Field({ description: '来源、授权目的或规则编号' }) @Property({ type: 'text' }) about!: string;
  @Property(({ ArrayType }) => ({ type: ArrayType, columnType: 'uuid[]' })) persons!: string[];
  @Field(() => [String], { description: '因此不能判定的规则' })
  @Property(({ ArrayType }) => ({ type: ArrayType, columnType: 'text[]' }))
  rules!: string[];
  @Field(() => LocalDate, { nullable: true, description: '办理期限（当地工作日）；空为当地未定期限' })
  @Property({ type: 'date', nullable: true })
  dueOn!: string | null;
  @Field(() => Boolean, { description: '期限跨入节假日安排尚未公布的年度，暂按周末推算' })
  @Property({ type: 'boolean' })
  dueProvisional!: boolean;
  @Field(() => Instant) @Property({ type: 'datetime', columnType: 'timestamptz' }) openedAt!: Date;
  @Property({ type: 'uuid' }) openedIn!: string;
  @Field(() => String, { description: '提出补证的核对报告的校验值' }) @Property({ type: 'text' }) openedBy!: string;
  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime', columnType: 'timestamptz', nullable: true })
  closedAt!: Date | null;
  @Property({ type: 'uuid', nullable: true }) closedIn!: string | null;
  @Field(() => String, { nullable: true, description: '不再缺此证明的核对报告的校验值；空为随结案终止' })
  @Property({ type: 'text', nullable: true })
  closedBy!: string | null;
}
