import type { PrimaryKeyProp } from '@mikro-orm/core';
import { Field, ID, ObjectType } from 'type-graphql';
import { Instant } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** 查阅记录: who saw which fields of whom, why. Written in the statement of the read, kept three years (条例 27). */
@ObjectType({ description: '查阅记录' })
@Entity()
export class ReadEntry {
  declare [PrimaryKeyProp]?: ['id', 'at'];
  @Field(() => ID) @PrimaryKey({ type: 'bigint' }) id!: string;
  @Field(() => Instant) @PrimaryKey({ type: 'datetime', columnType: 'timestamptz' }) at!: Date;
  @Field() @Property({ type: 'text' }) subject!: string;
  @Field() @Property({ type: 'text' }) role!: string;
  @Field() @Property({ type: 'text' }) office!: string;
  /** Null once the person was erased from the log. */
  @Property({ type: 'uuid', nullable: true }) personId!: string | null;
  @Field() @Property({ type: 'text' }) source!: string;
  @Field(() => [String]) @Property(({ ArrayType }) => ({ type: ArrayType, columnType: 'text[]' })) fields!: string[];
  @Field(() => String, { nullable: true }) @Property({ type: 'text', nullable: true }) purpose!: string | null;
  @Property({ type: 'uuid', nullable: true }) caseId!: string | null;
  @Property({ type: 'uuid', nullable: true }) letterId!: string | null;
  @Field() @Property({ type: 'text' }) requestId!: string;
  /** How many persons the same look was at. */
  @Property({ type: 'integer' }) persons!: number;
}
