import type { PrimaryKeyProp } from '@mikro-orm/core';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Entity, PrimaryKey, Property } from '../mapping';

/** Why a value is not shown. Of a household itself it tells nothing: unknown, and withheld because too few are alike, are one. */
export enum NotShown {
  NOT_SET = 'NOT_SET',
  WITHHELD = 'WITHHELD',
}
registerEnumType(NotShown, {
  name: 'NotShown',
  description: '未公布的原因：本地尚未确定区间标准；未公布（没有认定的数额，或同类家庭过少）',
});

/**
 * 审批结果公开 [GX-10.2.3]: a household that was approved and allotted. The seed names name, population, income and area; that the name
 * is masked and that income and area are bands is a choice of ours for their privacy (docs/decisions/0059).
 */
@ObjectType({
  description:
    '已批准并配租配售的保障对象（公开）。规程 10.2.3 要求公布姓名、家庭人口、收入、面积；隐去名字，收入、面积以区间公布，是本平台为保护隐私所作的选择',
  simpleResolvers: true,
})
@Entity({ tableName: 'published_approved_household' })
export class ApprovedHousehold {
  declare [PrimaryKeyProp]?: ['publicationId', 'rowNumber', 'publishedAt'];
  @PrimaryKey({ type: 'uuid' }) publicationId!: string;
  @PrimaryKey({ type: 'datetime', columnType: 'timestamptz' }) publishedAt!: Date;
  /** Drawn by lot for each publication and names nobody. */
  @Field(() => Int, { description: '发布内序号，每次发布重新抽定' })
  @PrimaryKey({ type: 'integer' })
  rowNumber!: number;
  @Field({ description: '申请人姓名，隐去名字（隐私保护选择）' }) @Property({ type: 'text' }) applicantName!: string;
  @Field(() => Int, { nullable: true, description: '家庭人口，以接受配租配售之日为准；空为未公布' })
  @Property({ type: 'integer', nullable: true })
  population!: number | null;
  @Field(() => String, {
    nullable: true,
    description: '认定的人均月收入所在区间；空为未公布。规程要求公布收入，以区间公布是隐私保护选择',
  })
  @Property({ type: 'text', nullable: true })
  incomeBand!: string | null;
  @Field(() => NotShown, { nullable: true, description: '收入未公布的原因' })
  @Property({ type: 'text', nullable: true })
  incomeWithheld!: NotShown | null;
  @Field(() => String, {
    nullable: true,
    description: '配租配售房屋面积所在区间；同类家庭过少的以更宽的区间公布，或不公布（隐私保护选择）',
  })
  @Property({ type: 'text', nullable: true })
  areaBand!: string | null;
  @Field(() => NotShown, { nullable: true, description: '面积未公布的原因' })
  @Property({ type: 'text', nullable: true })
  areaWithheld!: NotShown | null;
}
