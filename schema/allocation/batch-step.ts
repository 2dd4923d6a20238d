import { Field, ID, ObjectType } from 'type-graphql';
import { Instant, LocalDate } from '../scalars';
import { AllocationStep } from './step';
import { Entity, PrimaryKey, Property } from '../mapping';

/** 批次环节的办理: what was done on which day and what shows it. Never rewritten: a correction is a later record of the step, with its reason. */
@ObjectType({ description: '分配批次的一项环节记录；同一环节以最后一条为准' })
@Entity()
export class AllocationBatchStep {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) batchId!: string;
  /** Of the batch as it was before the record. */
  @Property({ type: 'integer' }) version!: number;
  @Field(() => AllocationStep) @Property({ type: 'text' }) step!: AllocationStep;
  @Field(() => LocalDate, { nullable: true, description: '办理之日；不详的为空' })
  @Property({ type: 'date', nullable: true })
  onDay!: string | null;
  @Field(() => Instant, { description: '登记时刻' })
  @Property({ type: 'datetime', columnType: 'timestamptz' })
  at!: Date | string;
  @Field({ description: '经办人' }) @Property({ type: 'text' }) takenBy!: string;
  @Field() @Property({ type: 'text' }) role!: string;
  @Field() @Property({ type: 'text' }) office!: string;
  @Field(() => String, { nullable: true, description: '证明文件的 SHA-256' })
  @Property({ type: 'text', nullable: true })
  evidenceHash!: string | null;
  @Field(() => String, { nullable: true, description: '证明所在网址' })
  @Property({ type: 'text', nullable: true })
  evidenceUrl!: string | null;
  @Field(() => String, { nullable: true, description: '更正的理由' })
  @Property({ type: 'text', nullable: true })
  correction!: string | null;
}
