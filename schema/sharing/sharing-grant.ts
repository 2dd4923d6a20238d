import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Instant, LocalDate } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** 共享授权: what one partner may ask for one purpose: which fields, where, until when, about how many persons a day. */
@ObjectType({ description: '共享授权' })
@Entity()
export class SharingGrant {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field() @Property({ type: 'text' }) clientId!: string;
  @Field() @Property({ type: 'text' }) purpose!: string;
  @Field(() => [String], { description: '可取得的字段，形如 来源.字段' })
  @Property(({ ArrayType }) => ({ type: ArrayType, columnType: 'text[]' }))
  fields!: string[];
  @Field(() => [String], { description: '区划代码，含下级' })
  @Property(({ ArrayType }) => ({ type: ArrayType, columnType: 'text[]' }))
  regions!: string[];
  @Field(() => Int, { description: '每日至多涉及的人数' }) @Property({ type: 'integer' }) dailyPersons!: number;
  @Field(() => LocalDate) @Property({ type: 'date' }) validFrom!: string;
  @Field(() => LocalDate) @Property({ type: 'date' }) validUntil!: string;
  @Field(() => Instant) @Property({ type: 'datetime', columnType: 'timestamptz' }) grantedAt!: Date;
  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime', columnType: 'timestamptz', nullable: true })
  revokedAt!: Date | null;
}
