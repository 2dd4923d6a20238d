import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { LocalDate, RegionCode } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** Those that the clause names. */
export enum PublicityMedium {
  TELEVISION = 'TELEVISION',
  NEWSPAPER = 'NEWSPAPER',
  GOVERNMENT_SITE = 'GOVERNMENT_SITE',
  HOUSING_SITE = 'HOUSING_SITE',
  OTHER = 'OTHER',
}
registerEnumType(PublicityMedium, {
  name: 'PublicityMedium',
  description: '公布媒体：电视、报纸、政府网站、住房保障主管部门网站、其他',
});

/** 审批结果公布记录 [GX-10.2.3]: that the result for one household was made public, where and when. Of what was said of it there, nothing. */
@ObjectType({ description: '审批结果公布记录' })
@Entity()
export class ApprovalPublicity {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field(() => RegionCode) @Property({ type: 'text' }) regionCode!: string;
  @Field(() => ID, { description: '所公布的配租配售' }) @Property({ type: 'uuid' }) allotmentId!: string;
  @Field(() => PublicityMedium, { nullable: true, description: '公布媒体；空为不明' })
  @Property({ type: 'text', nullable: true })
  medium!: PublicityMedium | null;
  @Field(() => String, { nullable: true, description: '频道、报名及版次等' })
  @Property({ type: 'text', nullable: true })
  place!: string | null;
  @Field(() => String, { nullable: true, description: '网址' })
  @Property({ type: 'text', nullable: true })
  url!: string | null;
  @Field(() => LocalDate, { description: '公布之日' }) @Property({ type: 'date' }) publishedOn!: string;
  @Field({ description: '公布文号' }) @Property({ type: 'text' }) documentNumber!: string;
  @Property({ type: 'datetime', columnType: 'timestamptz' }) recordedAt!: Date;
  @Field({ description: '登记人' }) @Property({ type: 'text' }) recordedBy!: string;
}
