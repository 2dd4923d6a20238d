import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Classified, name } from '../../src/access/classification';
import { LocalDate } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** To the applicant. */
export enum Relation {
  APPLICANT = 'APPLICANT',
  SPOUSE = 'SPOUSE',
  CHILD = 'CHILD',
  PARENT = 'PARENT',
  GRANDPARENT = 'GRANDPARENT',
  GRANDCHILD = 'GRANDCHILD',
  SIBLING = 'SIBLING',
  OTHER = 'OTHER',
}
registerEnumType(Relation, { name: 'Relation', description: '与申请人关系' });

/** 家庭成员: one person in one household from a day to a day. The name is as declared there. */
@ObjectType({ description: '家庭成员' })
@Entity()
export class HouseholdMember {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) householdId!: string;
  @Property({ type: 'uuid' }) personId!: string;
  @Field(() => Relation) @Property({ type: 'text' }) relation!: Relation;
  @Field(() => String, { nullable: true, description: '申报姓名' })
  @Property({ type: 'text' })
  @Classified('personal', name)
  declaredName!: string;
  @Field(() => LocalDate) @Property({ type: 'date', fieldName: 'from_date' }) since!: string;
  @Field(() => LocalDate, { nullable: true, description: '离开之日；空为在册' })
  @Property({ type: 'date', fieldName: 'to_date', nullable: true })
  until!: string | null;
}
