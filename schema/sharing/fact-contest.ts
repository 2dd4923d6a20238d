import { Field, ID, ObjectType } from 'type-graphql';
import { Classified, withheld } from '../../src/access/classification';
import { Instant, LocalDate } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** The hub's own records, where a rule reads no agency: whoever keeps the file corrects it. */
export const OWN_RECORDS = 'housing';

/** 存疑: what a source has on record of a member is contested; it ends with the source's newer answer, or when it is taken back. */
@ObjectType({ description: '存疑：对来源记录的异议，已向来源申请更正' })
@Entity()
export class FactContest {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) householdId!: string;
  @Field(() => ID) @Property({ type: 'uuid' }) caseId!: string;
  @Field({ description: '规则编号' }) @Property({ type: 'text' }) rule!: string;
  @Field({ description: '来源' }) @Property({ type: 'text' }) source!: string;
  @Field(() => ID, { description: '所涉成员' }) @Property({ type: 'uuid' }) personId!: string;
  @Field(() => ID, { nullable: true, description: '有异议的应答；空为本部门档案' })
  @Property({ type: 'uuid', nullable: true })
  answerId!: string | null;
  @Field(() => String, { nullable: true, description: '主张的事实' })
  @Property({ type: 'text' })
  @Classified('personal', withheld)
  claimed!: string;
  @Field(() => String, { nullable: true, description: '理由' })
  @Property({ type: 'text' })
  @Classified('personal', withheld)
  reason!: string;
  @Field(() => LocalDate, { description: '向来源提出更正之日' }) @Property({ type: 'date' }) filedOn!: string;
  @Field(() => Instant) @Property({ type: 'datetime', columnType: 'timestamptz' }) contestedAt!: Date;
  @Field(() => String, { description: '提出人' }) @Property({ type: 'text' }) contestedBy!: string;
  @Field(() => String) @Property({ type: 'text' }) contestedRole!: string;
  @Field(() => String) @Property({ type: 'text' }) contestedOffice!: string;
  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime', columnType: 'timestamptz', nullable: true })
  endedAt!: Date | null;
  @Field(() => String, { nullable: true, description: '撤回人' })
  @Property({ type: 'text', nullable: true })
  endedBy!: string | null;
  @Field(() => ID, { nullable: true, description: '使其终止的来源新应答' })
  @Property({ type: 'uuid', nullable: true })
  endedByAnswer!: string | null;
  @Field(() => String, { nullable: true, description: '撤回的理由' })
  @Property({ type: 'text', nullable: true })
  @Classified('personal', withheld)
  endReason!: string | null;
}
