import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Instant } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** 登记文档: a GraphQL document that one partner may run, for one purpose, under one clause, about so many persons at once. */
@ObjectType({ description: '共享方登记的查询文档' })
@Entity()
export class PartnerDocument {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field() @Property({ type: 'text' }) clientId!: string;
  @Field({ description: '规范化文本的 SHA-256' }) @Property({ type: 'text' }) hash!: string;
  @Field() @Property({ type: 'text' }) name!: string;
  @Field() @Property({ type: 'text' }) text!: string;
  @Field() @Property({ type: 'text' }) purpose!: string;
  @Field({ description: '所依据的条款' }) @Property({ type: 'text' }) clause!: string;
  @Field(() => Int, { description: '一次请求至多涉及的人数' }) @Property({ type: 'integer' }) rowCap!: number;
  @Field(() => Instant) @Property({ type: 'datetime', columnType: 'timestamptz' }) registeredAt!: Date;
  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime', columnType: 'timestamptz', nullable: true })
  withdrawnAt!: Date | null;
}
