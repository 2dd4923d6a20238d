import { Field, ID, Int, ObjectType } from 'type-graphql';
import { LocalDate } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** 轮候次序差异: a place that stood, and is not what the stored factors, steps, exceptions and numbers of its night give. */
@ObjectType({ description: '轮候次序差异：复算与所存次序不一致，且无步骤、例外、参数可以说明' })
@Entity()
export class WaitingDifference {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) householdId!: string;
  @Field(() => ID, { description: '轮候登记' }) @Property({ type: 'uuid' }) entryId!: string;
  /** Of the queue: which of its nights. */
  @Property({ type: 'integer' }) run!: number;
  @Field(() => LocalDate, { description: '发现之日' }) @Property({ type: 'date' }) onDay!: string;
  @Field(() => Int, { nullable: true, description: '所存次序；空为没有' })
  @Property({ type: 'integer', nullable: true })
  stood!: number | null;
  @Field(() => Int, { nullable: true, description: '复算次序；空为不应有' })
  @Property({ type: 'integer', nullable: true })
  computed!: number | null;
}
