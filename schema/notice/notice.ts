import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Classified, withheld } from '../../src/access/classification';
import { LocalDate, RegionCode } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** What is told. The words of each stand in the table `notice_wording`. */
export enum NoticeKind {
  APPROVED = 'APPROVED',
  REFUSED = 'REFUSED',
  RETURNED = 'RETURNED',
  REVOKED = 'REVOKED',
  OBJECTION_DECIDED = 'OBJECTION_DECIDED',
  APPEAL_DECIDED = 'APPEAL_DECIDED',
  QUEUE_REMOVED = 'QUEUE_REMOVED',
  YEARLY_REVIEW_DECIDED = 'YEARLY_REVIEW_DECIDED',
  EXIT_ORDERED = 'EXIT_ORDERED',
}
registerEnumType(NoticeKind, {
  name: 'NoticeKind',
  description: '告知事项：批准、不予批准、退回补正、撤销批准、异议核实结果、申诉决定、退出轮候、年度复核决定、责令退出',
});

/** What may follow what: schema/notice/moves. */
export enum NoticeState {
  DUE = 'DUE',
  SENT = 'SENT',
  READ = 'READ',
  FAILED = 'FAILED',
  PAPER_TASK = 'PAPER_TASK',
  PAPER_DELIVERED = 'PAPER_DELIVERED',
}
registerEnumType(NoticeState, {
  name: 'NoticeState',
  description: '告知状态：待发送、已发送、已阅知、发送失败、待书面送达、已书面送达',
});

/** 告知 [GX-10.4.3-3]: one person told of one result. The result itself makes it; its steps alone move it. */
@ObjectType({ description: '告知：将审批、复核结果告知当事人' })
@Entity()
export class Notice {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field(() => RegionCode) @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) householdId!: string;
  @Field(() => ID, { description: '受告知人' }) @Property({ type: 'uuid' }) personId!: string;
  @Field(() => NoticeKind) @Property({ type: 'text' }) kind!: NoticeKind;
  @Field(() => ID, { description: '所告知的步骤、答复或决定' }) @Property({ type: 'uuid' }) basisId!: string;
  @Field(() => LocalDate, { description: '作出结果之日' }) @Property({ type: 'date' }) resultOn!: string;
  @Field(() => String, { nullable: true, description: '告知内容' })
  @Property({ type: 'text' })
  @Classified('personal', withheld)
  body!: string;
  @Field(() => LocalDate, { nullable: true, description: '应告知的最后一日；空为该区划没有在用的期限' })
  @Property({ type: 'date', nullable: true })
  dueOn!: string | null;
  @Field(() => Boolean, { description: '节假日安排未公布，期限为暂计' })
  @Property({ type: 'boolean' })
  dueProvisional!: boolean;
  @Property({ type: 'datetime', columnType: 'timestamptz' }) nextAttemptAt!: Date;
  @Field(() => Int, { description: '发送失败次数' }) @Property({ type: 'integer' }) attempts!: number;
  @Field(() => LocalDate, { nullable: true, description: '告知之日；空为尚未告知' })
  @Property({ type: 'date', nullable: true })
  toldOn!: string | null;
  @Field(() => LocalDate, {
    nullable: true,
    description: '书面送达的最后一日；待书面送达而为空的，该区划没有在用的期限',
  })
  @Property({ type: 'date', nullable: true })
  paperBy!: string | null;
  @Field(() => NoticeState) @Property({ type: 'text' }) state!: NoticeState;
  @Field(() => Int, { description: '版本：办理时须与所见一致' }) @Property({ type: 'integer' }) version!: number;
}
