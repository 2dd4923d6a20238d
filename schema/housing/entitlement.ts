import { Entity, PrimaryKey, Property } from '@mikro-orm/core';
import { Field, ID, ObjectType } from 'type-graphql';
import { Programme } from '../programme';
import { LocalDate } from '../scalars';

/** 在享保障: what a household holds, from a day to a day. Never two at once (V2 order 11 art. 31(3)). */
@ObjectType({ description: '在享保障' })
@Entity()
export class Entitlement {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) householdId!: string;
  @Field(() => Programme) @Property({ type: 'text' }) programme!: Programme;
  @Field(() => LocalDate) @Property({ type: 'date' }) since!: string;
  @Field(() => LocalDate, { nullable: true }) @Property({ type: 'date', nullable: true }) until!: string | null;
}
