import { Field, ID, ObjectType } from 'type-graphql';
import { Entity, PrimaryKey, Property } from '../mapping';

/** 查询目的: under which law which sources may be asked for which fields. Content of the hub, not written by callers. */
@ObjectType({ description: '查询目的' })
@Entity()
export class Purpose {
  @Field(() => ID) @PrimaryKey({ type: 'text' }) code!: string;
  @Field() @Property({ type: 'text' }) title!: string;
  @Field({ description: '法律依据' }) @Property({ type: 'text' }) basis!: string;
  @Field(() => [String]) @Property(({ ArrayType }) => ({ type: ArrayType, columnType: 'text[]' })) sources!: string[];
  @Field(() => [String], { description: '可查询的字段，形如 来源.字段' })
  @Property(({ ArrayType }) => ({ type: ArrayType, columnType: 'text[]' }))
  fields!: string[];
  /** Asked for by the nightly watch alone: nothing is judged under it. */
  @Property({ type: 'boolean', default: false }) watches!: boolean;
}
