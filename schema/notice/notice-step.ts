import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Instant, LocalDate } from '../scalars';
import { NoticeState } from './notice';
import { Entity, Property } from '../mapping';
import { Step } from '../step';

export enum NoticeStepKind {
  ATTEMPT = 'ATTEMPT',
  FAILURE = 'FAILURE',
  SENDING = 'SENDING',
  PAPER_TASK = 'PAPER_TASK',
  READING = 'READING',
  PAPER_DELIVERY = 'PAPER_DELIVERY',
}
registerEnumType(NoticeStepKind, {
  name: 'NoticeStepKind',
  description: '告知步骤：发送未成待重试、发送失败、已发送、转书面送达、已阅知、书面送达',
});

/** 告知步骤: what was done to tell somebody, by whom and when. Never rewritten. */
@ObjectType({ description: '告知步骤' })
@Entity()
export class NoticeStep extends Step {
  @Property({ type: 'uuid' }) householdId!: string;
  @Property({ type: 'uuid' }) noticeId!: string;
  /** Of the notice as it was before the step. */
  @Property({ type: 'integer' }) version!: number;
  @Field(() => NoticeStepKind) @Property({ type: 'text' }) kind!: NoticeStepKind;
  @Field(() => NoticeState, { description: '办理后的状态' }) @Property({ type: 'text' }) toState!: NoticeState;
  @Field(() => LocalDate, { nullable: true, description: '告知之日' })
  @Property({ type: 'date', nullable: true })
  toldOn!: string | null;
  @Field(() => String, { nullable: true, description: '未成的原因代码' })
  @Property({ type: 'text', nullable: true })
  cause!: string | null;
  @Field(() => Instant, { nullable: true, description: '再次发送的时间' })
  @Property({ type: 'datetime', columnType: 'timestamptz', nullable: true })
  retryAt!: Date | null;
  @Field(() => String, { nullable: true, description: '送达回证编号' })
  @Property({ type: 'text', nullable: true })
  documentNumber!: string | null;
}
