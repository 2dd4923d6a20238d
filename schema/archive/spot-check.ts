import type { PrimaryKeyProp } from '@mikro-orm/core';
import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Classified, withheld } from '../../src/access/classification';
import { Instant, LocalDate, RegionCode } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

export enum SpotFound {
  IN_ORDER = 'IN_ORDER',
  DEFECTIVE = 'DEFECTIVE',
}
registerEnumType(SpotFound, { name: 'SpotFound', description: '抽查结果：合格、有缺陷' });

/** 档案抽查: so many files of a region, in the order of a seed that was published before. Anybody can draw it again. */
@ObjectType({ description: '档案抽查：按 HMAC-SHA256(种子, 档案编号) 排序取前若干份' })
@Entity()
export class SpotCheck {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field(() => RegionCode) @Property({ type: 'text' }) regionCode!: string;
  @Field(() => Int) @Property({ type: 'integer' }) year!: number;
  @Field({ description: '事先公布的种子' }) @Property({ type: 'text' }) seed!: string;
  @Field(() => Int, { description: '抽取份数' }) @Property({ type: 'integer' }) size!: number;
  @Field(() => Int, { description: '抽取时的档案总数' }) @Property({ type: 'integer' }) ofFiles!: number;
  @Field(() => Instant) @Property({ type: 'datetime', columnType: 'timestamptz' }) drawnAt!: Date;
  @Field() @Property({ type: 'text' }) drawnBy!: string;
  @Field() @Property({ type: 'text' }) role!: string;
  @Field() @Property({ type: 'text' }) office!: string;
}

/** One file that was drawn, and what was found in it. */
@ObjectType({ description: '抽中的档案及抽查结果' })
@Entity()
export class SpotCheckFile {
  declare [PrimaryKeyProp]?: ['checkId', 'place'];
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) checkId!: string;
  @Field(() => Int, { description: '抽取顺序' }) @PrimaryKey({ type: 'integer' }) place!: number;
  @Field(() => RegionCode) @Property({ type: 'text' }) regionCode!: string;
  @Field(() => ID, { description: '档案' }) @Property({ type: 'uuid' }) fileId!: string;
  /** Of a household its applicant: whom the defects speak of. No column. */
  @Field(() => ID, { nullable: true, description: '所涉申请人' }) personId?: string | null;
  @Field(() => SpotFound, { nullable: true }) @Property({ type: 'text', nullable: true }) found!: SpotFound | null;
  @Field(() => String, { nullable: true, description: '缺陷' })
  @Property({ type: 'text', nullable: true })
  @Classified('personal', withheld)
  defects!: string | null;
  @Field(() => LocalDate, { nullable: true }) @Property({ type: 'date', nullable: true }) checkedOn!: string | null;
  @Field(() => String, { nullable: true, description: '抽查人' })
  @Property({ type: 'text', nullable: true })
  checkedBy!: string | null;
  @Property({ type: 'text', nullable: true }) office!: string | null;
}

/** 各旗县市区的合格率. */
@ObjectType({ description: '各部门档案合格率' })
export class SpotRate {
  @Field(() => RegionCode) regionCode!: string;
  @Field(() => Int) checked!: number;
  @Field(() => Int) inOrder!: number;
  @Field(() => Float, { description: '合格份数占已查份数' }) rate!: number;
}
