import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Instant, LocalDate } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** AWAITING: everything asked, deferred answers still to come. */
export enum CrossCheckState {
  REQUESTED = 'REQUESTED',
  RUNNING = 'RUNNING',
  AWAITING = 'AWAITING',
  COMPLETED = 'COMPLETED',
}
registerEnumType(CrossCheckState, {
  name: 'CrossCheckState',
  description: '核对状态：已提交、进行中、待延时应答、已完成',
});

/** 核对: households asked about under one purpose, as of one day, by one caller. */
@ObjectType({ description: '核对任务' })
@Entity()
export class CrossCheck {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Property({ type: 'text' }) regionCode!: string;
  @Field() @Property({ type: 'text' }) purpose!: string;
  /** Who asked, as what, from where: the job asks the agencies in this name. */
  @Property({ type: 'text' }) requestedBy!: string;
  @Property({ type: 'text' }) requesterRole!: string;
  @Property({ type: 'text' }) requesterOffice!: string;
  /** `source.field` a partner system may have; null for an officer. */
  @Property(({ ArrayType }) => ({ type: ArrayType, columnType: 'text[]', nullable: true })) partnerFields!:
    | string[]
    | null;
  /** Grant under which a partner system asked; null for an officer. */
  @Property({ type: 'uuid', nullable: true }) grantId!: string | null;
  @Field(() => LocalDate) @Property({ type: 'date' }) asOf!: string;
  @Field(() => CrossCheckState) @Property({ type: 'text' }) state!: CrossCheckState;
  @Field(() => Int) @Property({ type: 'integer' }) total!: number;
  @Field(() => Int) @Property({ type: 'integer' }) done!: number;
  @Field(() => Instant) @Property({ type: 'datetime', columnType: 'timestamptz' }) requestedAt!: Date;
  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime', columnType: 'timestamptz', nullable: true })
  finishedAt!: Date | null;
  /** Row scope of the caller at the request: the job sees no more. */
  @Property(({ ArrayType }) => ({ type: ArrayType, columnType: 'text[]' })) scopeRegions!: string[];
}
