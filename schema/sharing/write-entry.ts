import type { PrimaryKeyProp } from '@mikro-orm/core';
import { Field, ID, ObjectType } from 'type-graphql';
import { Instant } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** 办理记录: who did what to which record; names of fields, never their values. Written in the transaction of the act. */
@ObjectType({ description: '办理记录' })
@Entity()
export class WriteEntry {
  declare [PrimaryKeyProp]?: ['id', 'at'];
  @Field(() => ID) @PrimaryKey({ type: 'bigint' }) id!: string;
  @Field(() => Instant) @PrimaryKey({ type: 'datetime', columnType: 'timestamptz' }) at!: Date;
  @Field() @Property({ type: 'text' }) subject!: string;
  @Field() @Property({ type: 'text' }) role!: string;
  @Field() @Property({ type: 'text' }) office!: string;
  @Field() @Property({ type: 'text' }) verb!: string;
  /** INSERT, UPDATE, DELETE, TRUNCATE of rows; ACT for what changes none. */
  @Property({ type: 'text' }) op!: string;
  @Field() @Property({ type: 'text' }) entity!: string;
  /** '*' for a whole set; null once what it names was erased from the log. */
  @Property({ type: 'text', nullable: true }) entityId!: string | null;
  @Property({ type: 'text', nullable: true }) regionCode!: string | null;
  @Field(() => [String]) @Property(({ ArrayType }) => ({ type: ArrayType, columnType: 'text[]' })) fields!: string[];
  @Field() @Property({ type: 'text' }) requestId!: string;
  @Property({ type: 'integer' }) rows!: number;
}
