import { Entity, PrimaryKey, Property } from '@mikro-orm/core';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { LocalDate } from '../scalars';

/** domain.md §5.2. ABANDONED: the application was withdrawn meanwhile. */
export enum PublicityState {
  RUNNING = 'RUNNING',
  ENDED = 'ENDED',
  CLEARED = 'CLEARED',
  UPHELD = 'UPHELD',
  ABANDONED = 'ABANDONED',
}
registerEnumType(PublicityState, {
  name: 'PublicityState',
  description: '公示状态：公示中、期满、无异议、异议成立、申请撤回而终止',
});

/** 公示: what was posted of an application, where, and for how long. Whole civil days of Beijing; the day of posting does not count. */
@ObjectType({ description: '公示' })
@Entity()
export class Publicity {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) householdId!: string;
  @Property({ type: 'uuid' }) applicationId!: string;
  @Field(() => Int) @Property({ type: 'integer' }) round!: number;
  @Field({ description: '公示地点' }) @Property({ type: 'text' }) place!: string;
  @Field(() => String, { nullable: true, description: '公示网址' })
  @Property({ type: 'text', nullable: true })
  url!: string | null;
  @Field({ description: '公示内容（已脱敏）' }) @Property({ type: 'text' }) snapshot!: string;
  @Field({ description: '公示内容的 SHA-256 校验值' }) @Property({ type: 'text' }) snapshotHash!: string;
  @Field(() => LocalDate, { description: '张贴之日，不计入公示期' }) @Property({ type: 'date' }) postedOn!: string;
  @Field(() => LocalDate, { description: '公示期最后一日' }) @Property({ type: 'date' }) lastDay!: string;
  @Field(() => PublicityState) @Property({ type: 'text' }) state!: PublicityState;
}
