import type { PrimaryKeyProp } from '@mikro-orm/core';
import { Field, Int, ObjectType } from 'type-graphql';
import { LocalDate } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** 保障对象登记公开 [GX-7.2.1(2)]: exactly these four fields. What is here was masked before it was written; no person can be linked. */
@ObjectType({ description: '已登记的保障对象（公开）', simpleResolvers: true })
@Entity({ tableName: 'published_registered_object' })
export class RegisteredObject {
  declare [PrimaryKeyProp]?: ['publicationId', 'rowNumber', 'publishedAt'];
  @PrimaryKey({ type: 'uuid' }) publicationId!: string;
  @PrimaryKey({ type: 'datetime', columnType: 'timestamptz' }) publishedAt!: Date;
  /** Counts within the publication and names nobody. */
  @Field(() => Int, { description: '发布内序号' }) @PrimaryKey({ type: 'integer' }) rowNumber!: number;
  @Field({ description: '姓名' }) @Property({ type: 'text' }) applicantName!: string;
  @Field({ description: '公民身份号码（已隐蔽）' }) @Property({ type: 'text' }) citizenIdMasked!: string;
  @Field({ description: '申请住房保障类型' }) @Property({ type: 'text' }) securityType!: string;
  @Field(() => LocalDate, { description: '登记日期' }) @Property({ type: 'date' }) registrationDate!: string;
}
