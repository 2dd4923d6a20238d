import { Field, ID, ObjectType } from 'type-graphql';
import { Classified, withheld } from '../../src/access/classification';
import { Instant, LocalDate } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** 启封异议人身份: asked for by one person, done by another, then told to the objector. What was sealed is in no field of it. */
@ObjectType({ description: '启封异议人身份的记录' })
@Entity()
export class ObjectorOpening {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) householdId!: string;
  @Field(() => ID) @Property({ type: 'uuid' }) objectionId!: string;
  @Field({ description: '批准启封的文号' }) @Property({ type: 'text' }) documentNumber!: string;
  @Field({ description: '申请启封人' }) @Property({ type: 'text' }) askedBy!: string;
  @Field(() => Instant) @Property({ type: 'datetime', columnType: 'timestamptz' }) askedAt!: Date;
  @Field(() => String, { nullable: true, description: '启封人' })
  @Property({ type: 'text', nullable: true })
  openedBy!: string | null;
  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime', columnType: 'timestamptz', nullable: true })
  openedAt!: Date | null;
  @Field(() => LocalDate, { nullable: true, description: '最迟告知异议人之日' })
  @Property({ type: 'date', nullable: true })
  tellBy!: string | null;
  @Field(() => LocalDate, { nullable: true, description: '已告知异议人之日' })
  @Property({ type: 'date', nullable: true })
  toldOn!: string | null;
  @Field(() => String, { nullable: true })
  @Property({ type: 'text', nullable: true })
  toldBy!: string | null;
}

/** What was sealed, shown once, to whoever opened it. */
@ObjectType({ description: '启封所得，仅向启封人显示一次' })
export class OpenedObjector {
  @Field(() => ObjectorOpening) opening!: ObjectorOpening;
  @Field(() => String, { nullable: true, description: '异议人姓名' })
  @Classified('personal', withheld)
  name!: string;
  @Field(() => String, { nullable: true, description: '异议人联系方式' })
  @Classified('personal', withheld)
  contact!: string;
}
