import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Instant, LocalDate, RegionCode } from '../scalars';
import { AnnualReviewState } from './annual-review';
import { Entity, PrimaryKey, Property } from '../mapping';

/** How many reviews are in a state. */
@ObjectType({ description: '年审进度' })
export class ReviewStateCount {
  @Field(() => AnnualReviewState) state!: AnnualReviewState;
  @Field(() => Int) count!: number;
}

/** Every household that held security in the year is reviewed, pending or exempt: the three always add up to all. */
@ObjectType({ description: '年审汇总：在享保障家庭 = 已审 + 待审 + 免审' })
export class ReviewSummary {
  @Field(() => Int, { description: '当年享受过住房保障的家庭' }) secured!: number;
  @Field(() => Int, { description: '已作出决定' }) reviewed!: number;
  @Field(() => Int, { description: '待审，含尚未开始者' }) pending!: number;
  @Field(() => Int, { description: '免审：本年未到期、经批准，或未审即已退出' }) exempt!: number;
  @Field(() => Int, { description: '待审中尚未开始者' }) notOpened!: number;
  @Field(() => Int, { description: '待审中超过年审间隔者' }) overdue!: number;
  @Field(() => [ReviewStateCount]) states!: ReviewStateCount[];
}

/** 年审批次: the yearly review of a region, opened by its housing office [IM-7.1]. */
@ObjectType({ description: '年审批次' })
@Entity()
export class ReviewCampaign {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field(() => RegionCode) @Property({ type: 'text' }) regionCode!: string;
  @Field(() => Int) @Property({ type: 'integer' }) year!: number;
  @Field({ description: '发起人' }) @Property({ type: 'text' }) openedBy!: string;
  @Property({ type: 'text' }) role!: string;
  @Field() @Property({ type: 'text' }) office!: string;
  @Field(() => Instant) @Property({ type: 'datetime', columnType: 'timestamptz' }) openedAt!: Date;
  @Field(() => LocalDate, { description: '申报截止日' }) @Property({ type: 'date' }) declareBy!: string;
  @Field(() => Boolean, { description: '截止日所在年度的放假安排尚未公布' })
  @Property({ type: 'boolean' })
  declareByProvisional!: boolean;
  @Field(() => Boolean, { description: '应审家庭均已列入' }) @Property({ type: 'boolean' }) complete!: boolean;
  @Field(() => ReviewSummary) summary?: ReviewSummary;
}
