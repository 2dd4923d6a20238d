import { Field, ID, ObjectType } from 'type-graphql';
import { JointAgency } from '../admission/application-step';
import { Opinion } from '../review/review-step';
import { LocalDate, RegionCode } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** 审批监督事项 [GX-10.1.2-b]: what a housing department looks into about an application. Its words are in the documents that it names. */
@ObjectType({ description: '审批监督事项' })
@Entity()
export class SupervisionMatter {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field(() => RegionCode) @Property({ type: 'text' }) regionCode!: string;
  @Field(() => ID, { description: '所涉申请' }) @Property({ type: 'uuid' }) applicationId!: string;
  @Field({ description: '立项文号' }) @Property({ type: 'text' }) documentNumber!: string;
  @Field(() => LocalDate) @Property({ type: 'date' }) openedOn!: string;
  @Field({ description: '立项人' }) @Property({ type: 'text' }) openedBy!: string;
  @Field(() => JointAgency, { nullable: true, description: '配合部门' })
  @Property({ type: 'text', nullable: true })
  assisting!: JointAgency | null;
  @Field(() => LocalDate, { nullable: true })
  @Property({ type: 'date', nullable: true })
  assistingOn!: string | null;
  @Property({ type: 'text', nullable: true }) assistingBy!: string | null;
  @Field(() => Opinion, { nullable: true, description: '配合部门的意见' })
  @Property({ type: 'text', nullable: true })
  opinion!: Opinion | null;
  @Field(() => String, { nullable: true, description: '意见文号' })
  @Property({ type: 'text', nullable: true })
  opinionDocument!: string | null;
  @Field(() => LocalDate, { nullable: true }) @Property({ type: 'date', nullable: true }) opinionOn!: string | null;
  @Field(() => String, { nullable: true }) @Property({ type: 'text', nullable: true }) opinionBy!: string | null;
  @Property({ type: 'text', nullable: true }) opinionRole!: string | null;
  @Field(() => String, { nullable: true, description: '办结文号' })
  @Property({ type: 'text', nullable: true })
  closingDocument!: string | null;
  @Field(() => LocalDate, { nullable: true }) @Property({ type: 'date', nullable: true }) closedOn!: string | null;
  @Field(() => String, { nullable: true }) @Property({ type: 'text', nullable: true }) closedBy!: string | null;
  @Property({ type: 'text', nullable: true }) closedRole!: string | null;
}
