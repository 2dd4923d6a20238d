import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { LocalDate } from '../scalars';
import { PublicitySighting } from './publicity-sighting';
import { Entity, PrimaryKey, Property } from '../mapping';

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
  @Field(() => LocalDate, { description: '公示期最后一日；网上公示中断的，顺延' })
  @Property({ type: 'date' })
  lastDay!: string;
  @Field(() => String, { nullable: true, description: '公示页的 SHA-256 校验值：网上张贴的须与此一致' })
  @Property({ type: 'text', nullable: true })
  pageHash!: string | null;
  @Field(() => Int, { description: '规定的公示天数' }) @Property({ type: 'integer' }) days?: number;
  @Field(() => LocalDate, { description: '截至该日，哪些天计入公示期已经确定；仅张贴于公告栏的为张贴之日' })
  @Property({ type: 'date' })
  settledOn?: string;
  @Field(() => [PublicitySighting], { nullable: true, description: '网上公示的见证记录，先后为序' })
  sightings?: PublicitySighting[] | null;
  @Field(() => PublicityState) @Property({ type: 'text' }) state!: PublicityState;
}
