import type { PrimaryKeyProp } from '@mikro-orm/core';
import { Field, ID, ObjectType } from 'type-graphql';
import { Instant } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/**
 * 应答: what an agency said about one person under one letter, or that it did not (domain.md §10). Append only.
 * The value is not a field: it is read through the agency's own subgraph, masked there.
 */
@ObjectType({ description: '来源应答（证据）' })
@Entity()
export class Answer {
  declare [PrimaryKeyProp]?: ['id', 'at'];
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @PrimaryKey({ type: 'datetime', columnType: 'timestamptz' }) at!: Date;
  @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) householdId!: string;
  @Property({ type: 'uuid' }) personId!: string;
  @Property({ type: 'uuid' }) caseId!: string;
  @Property({ type: 'uuid' }) letterId!: string;
  @Property({ type: 'text' }) purpose!: string;
  @Field() @Property({ type: 'text' }) source!: string;
  @Field({ description: 'STALE 由 asOf 与时效推得' }) @Property({ type: 'text' }) status!: string;
  @Property(({ ArrayType }) => ({ type: ArrayType, columnType: 'text[]' })) fields!: string[];
  @Property({ type: 'json', nullable: true }) value!: Record<string, unknown> | null;
  @Property({ type: 'text', nullable: true }) sourceRecordId!: string | null;
  @Field(() => Instant, { nullable: true, description: '来源数据的时点' })
  @Property({ type: 'datetime', columnType: 'timestamptz', nullable: true })
  asOf!: Date | null;
  @Property({ type: 'interval' }) maxAge!: string;
  @Property({ type: 'boolean' }) covered!: boolean;
  @Property({ type: 'json', nullable: true }) coverage!: Record<string, unknown> | null;
  @Property({ type: 'uuid' }) queryId!: string;
  @Field(() => String, { nullable: true }) @Property({ type: 'text', nullable: true }) reason!: string | null;
  @Field(() => Instant, { nullable: true }) @Property({ type: 'datetime', columnType: 'timestamptz' }) askedAt!: Date;
  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime', columnType: 'timestamptz', nullable: true })
  dueAt!: Date | null;
  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime', columnType: 'timestamptz', nullable: true })
  retryAt!: Date | null;
  /** Of an answer to the watch: since when it holds no value any more. */
  @Property({ type: 'datetime', columnType: 'timestamptz', nullable: true }) comparedAt!: Date | null;
}
