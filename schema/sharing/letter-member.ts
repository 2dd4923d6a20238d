import type { PrimaryKeyProp } from '@mikro-orm/core';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { LocalDate } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** Who signed: the member itself, or for a minor its guardian. */
export enum Signature {
  SELF = 'SELF',
  GUARDIAN = 'GUARDIAN',
}
registerEnumType(Signature, { name: 'Signature', description: '签名：本人、监护人' });

/** 授权成员: one person whom a letter names, and who signed for it; null until then. */
@ObjectType({ description: '授权成员' })
@Entity()
export class LetterMember {
  declare [PrimaryKeyProp]?: ['letterId', 'personId'];
  @PrimaryKey({ type: 'uuid' }) letterId!: string;
  @PrimaryKey({ type: 'uuid' }) personId!: string;
  @Property({ type: 'text' }) regionCode!: string;
  @Field(() => Signature, { nullable: true }) @Property({ type: 'text', nullable: true }) signature!: Signature | null;
  @Property({ type: 'uuid', nullable: true }) signedBy!: string | null;
  @Field(() => LocalDate, { nullable: true }) @Property({ type: 'date', nullable: true }) signedOn!: string | null;
}
