import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Programme } from '../programme';
import { Instant, Integer, LocalDate, RegionCode } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** How a number is known: a seed says it, a national text, a local document, or nobody could check it. */
export enum Mark {
  SEED = 'SEED',
  NATIONAL = 'NATIONAL',
  LOCAL = 'LOCAL',
  UNVERIFIED = 'UNVERIFIED',
}
registerEnumType(Mark, { name: 'Mark', description: '数值出处' });

/** 参数: a number that local government sets, with its document and validity. No region means everywhere. */
@ObjectType({ description: '政策参数' })
@Entity()
export class Parameter {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field() @Property({ type: 'text' }) code!: string;
  @Field(() => RegionCode, { nullable: true }) @Property({ type: 'text', nullable: true }) regionCode!: string | null;
  @Field(() => Programme, { nullable: true }) @Property({ type: 'text', nullable: true }) programme!: Programme | null;
  @Field(() => Integer, { description: '整数值，单位见 unit' })
  @Property(({ BigIntType }) => ({ type: new BigIntType('number') }))
  value!: number;
  @Field() @Property({ type: 'text' }) unit!: string;
  @Field({ description: '文号' }) @Property({ type: 'text' }) documentNumber!: string;
  @Field(() => Mark) @Property({ type: 'text' }) mark!: Mark;
  @Field(() => LocalDate) @Property({ type: 'date' }) validFrom!: string;
  @Field(() => LocalDate, { nullable: true }) @Property({ type: 'date', nullable: true }) validTo!: string | null;
  @Field(() => Instant) @Property({ type: 'datetime', columnType: 'timestamptz' }) knownFrom!: Date | string;
}
