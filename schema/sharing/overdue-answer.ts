import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Instant } from '../scalars';
import { HouseholdOfSharing } from './stubs';

/** 逾期应答: a deferred answer that has not come in time; who must be asked again, about whom. */
@ObjectType({ description: '逾期未复的应答' })
export class OverdueAnswer {
  @Field(() => ID, { description: '查询编号' }) queryId!: string;
  @Field({ description: '来源' }) source!: string;
  @Field({ description: '须再次询问的部门' }) agency!: string;
  @Field(() => HouseholdOfSharing) household!: HouseholdOfSharing;
  @Field(() => Instant, { description: '询问时间' }) askedAt!: Date;
  @Field(() => Instant, { description: '应于何时答复' }) dueAt!: Date;
  @Field({ description: '期限跨入节假日安排尚未公布的年度，暂按周末推算' }) dueProvisional!: boolean;
  @Field(() => Int, { description: '逾期天数（自然日）' }) daysOverdue!: number;
  @Field(() => Instant, { nullable: true, description: '到期前提醒的时间' }) remindedAt!: Date | null;
}
