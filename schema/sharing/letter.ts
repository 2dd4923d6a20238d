import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { LocalDate, RegionCode } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** DRAFTED: names its members; SIGNING: some have signed; ACTIVE: all have. What may follow what: schema/transitions. */
export enum LetterState {
  DRAFTED = 'DRAFTED',
  SIGNING = 'SIGNING',
  ACTIVE = 'ACTIVE',
  ENDED = 'ENDED',
}
registerEnumType(LetterState, { name: 'LetterState', description: '授权书状态：已拟、签署中、生效、终止' });

export enum LetterEnd {
  WITHDRAWN = 'WITHDRAWN',
  CASE_CLOSED = 'CASE_CLOSED',
  MEMBERS_CHANGED = 'MEMBERS_CHANGED',
  EXIT = 'EXIT',
  FAILED = 'FAILED',
  EXPIRED = 'EXPIRED',
}
registerEnumType(LetterEnd, {
  name: 'LetterEnd',
  description: '授权终止原因：撤回、结案、成员变动、退出、审核未通过、到期',
});

/** 授权书: in writing, for one purpose, to the sources it names, until a day (V2 order 11 art. 8; PIPL 29, 31). */
@ObjectType({ description: '核对授权书' })
@Entity()
export class Letter {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field(() => RegionCode) @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) householdId!: string;
  @Field(() => ID) @Property({ type: 'uuid' }) caseId!: string;
  @Property({ type: 'text', fieldName: 'purpose' }) purposeCode!: string;
  @Field(() => [String]) @Property(({ ArrayType }) => ({ type: ArrayType, columnType: 'text[]' })) sources!: string[];
  @Field({ description: '所出示告知书的版本' }) @Property({ type: 'text' }) noticeVersion!: string;
  @Field(() => LetterState) @Property({ type: 'text' }) state!: LetterState;
  /** The day on which the last member signed; null until then. */
  @Field(() => LocalDate, { nullable: true }) @Property({ type: 'date', nullable: true }) signedOn!: string | null;
  @Field(() => LocalDate) @Property({ type: 'date' }) validUntil!: string;
  @Field(() => LocalDate, { nullable: true }) @Property({ type: 'date', nullable: true }) endedOn!: string | null;
  @Field(() => LetterEnd, { nullable: true }) @Property({ type: 'text', nullable: true }) endReason!: LetterEnd | null;
  @Property({ type: 'text' }) registeredBy!: string;
}
