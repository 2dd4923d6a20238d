import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { LocalDate, RegionCode } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** 家庭: the unit that is housed, one file each (IM-4.7). Its members change; its file number stays. */
@ObjectType({ description: '保障家庭' })
@Directive('@key(fields: "id")')
@Entity()
export class Household {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field(() => RegionCode) @Property({ type: 'text' }) regionCode!: string;
  @Field({ description: '档案编号，区划内唯一' }) @Property({ type: 'text' }) fileNumber!: string;
  @Field(() => LocalDate) @Property({ type: 'date' }) registeredOn!: string;
  @Field(() => LocalDate, { nullable: true, description: '销户之日；空为在册' })
  @Property({ type: 'date', nullable: true })
  closedOn!: string | null;
}
