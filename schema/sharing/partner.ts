import { ArrayType, Entity, PrimaryKey, Property } from '@mikro-orm/core';
import { Field, ID, ObjectType } from 'type-graphql';

/** 共享方: a partner agency's system, with the purposes and fields granted to it and until when. */
@ObjectType({ description: '共享方系统' })
@Entity()
export class Partner {
  @Field(() => ID) @PrimaryKey({ type: 'text' }) clientId!: string;
  @Field() @Property({ type: 'text' }) name!: string;
  @Field() @Property({ type: 'text' }) agency!: string;
  @Property({ type: ArrayType, columnType: 'text[]' }) purposes!: string[];
  @Property({ type: ArrayType, columnType: 'text[]' }) fields!: string[];
  @Property({ type: 'date' }) validFrom!: string;
  @Property({ type: 'date' }) validUntil!: string;
}
