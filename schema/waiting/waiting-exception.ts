import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Classified, withheld } from '../../src/access/classification';
import { Instant, LocalDate } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** 轮候次序例外: a place given past the order, by a decision and for a reason. Never rewritten. */
@ObjectType({ description: '轮候次序例外：凭决定文号调整' })
@Entity()
export class WaitingException {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) householdId!: string;
  @Field(() => ID, { description: '轮候登记' }) @Property({ type: 'uuid' }) entryId!: string;
  /** Whom the reason speaks of; the column is the case's. */
  @Field(() => ID, { nullable: true, description: '所涉申请人' }) personId?: string | null;
  /** Of the entry as it was before. */
  @Property({ type: 'integer' }) version!: number;
  @Field(() => Int, { description: '原次序' }) @Property({ type: 'integer' }) fromRank!: number;
  @Field(() => Int, { description: '调整后的次序' }) @Property({ type: 'integer' }) toRank!: number;
  @Field({ description: '决定文号' }) @Property({ type: 'text' }) documentNumber!: string;
  @Field(() => String, { nullable: true, description: '理由' })
  @Property({ type: 'text' })
  @Classified('personal', withheld)
  reason!: string;
  @Field(() => Instant) @Property({ type: 'datetime', columnType: 'timestamptz' }) at!: Date;
  @Field(() => LocalDate) @Property({ type: 'date' }) onDay!: string;
  @Field({ description: '决定人' }) @Property({ type: 'text' }) decidedBy!: string;
  @Field() @Property({ type: 'text' }) role!: string;
  @Field() @Property({ type: 'text' }) office!: string;
}
