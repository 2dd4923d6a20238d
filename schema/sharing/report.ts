import type { PrimaryKeyProp } from '@mikro-orm/core';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Instant } from '../scalars';
import { Conclusion } from './evaluation';
import { Finding } from './finding';
import { Entity, PrimaryKey, Property } from '../mapping';

/** One member at one source: the state of the answer, or why there is none (NO_LETTER, LETTER_NOT_COVERING, NOT_ASKED, BEING_ASKED). */
@ObjectType({ description: '成员应答状态' })
export class MemberAnswer {
  @Field(() => ID) personId!: string;
  @Field(() => ID, { nullable: true, description: '应答编号' }) answerId!: string | null;
  @Field() status!: string;
  @Field(() => String, { nullable: true }) reason!: string | null;
  @Field(() => Instant, { nullable: true, description: '来源数据的时点' }) asOf!: Date | string | null;
  @Field(() => Instant, { nullable: true, description: '延时应答的期限' }) dueAt!: Date | string | null;
  @Field(() => Instant, { nullable: true, description: '何时可再次询问' }) retryAt!: Date | string | null;
}

/** A source as a report names it: asked or not, and the state of each answer. */
@ObjectType({ description: '来源情况' })
export class SourceState {
  @Field() source!: string;
  @Field(() => Boolean) asked!: boolean;
  @Field(() => Int, { description: '已作出确定应答的成员数' }) answered!: number;
  @Field(() => [String], { description: '出现过的状态' }) states!: string[];
  @Field(() => [MemberAnswer]) members!: MemberAnswer[];
}

/** 核对报告: canonical JSON (RFC 8785), its hash and a detached signature. A late answer makes a new version, never a new text of the old one. */
@ObjectType({ description: '核对报告' })
@Entity()
export class Report {
  declare [PrimaryKeyProp]?: ['id', 'at'];
  @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field(() => Instant) @PrimaryKey({ type: 'datetime', columnType: 'timestamptz' }) at!: Date;
  @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) crossCheckId!: string;
  @Property({ type: 'uuid' }) householdId!: string;
  @Field(() => Int) @Property({ type: 'integer' }) version!: number;
  @Field(() => Boolean, { description: '不再等待任何应答' }) @Property({ type: 'boolean' }) final!: boolean;
  @Field({ description: '规范化 JSON（RFC 8785）原文' })
  @Property({ type: 'text', fieldName: 'body' })
  canonical!: string;
  @Field({ description: 'SHA-256，小写十六进制' }) @Property({ type: 'text' }) hash!: string;
  @Field({ description: '分离式 JWS（ES256）' }) @Property({ type: 'text' }) signature!: string;
  /** Read from the canonical text. */
  @Field(() => Conclusion) conclusion!: Conclusion;
  @Field(() => [Finding]) findings!: Finding[];
  @Field(() => [SourceState]) sources!: SourceState[];
}
