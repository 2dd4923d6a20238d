import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Instant, LocalDate, RegionCode } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

export enum AllocationBatchState {
  OPEN = 'OPEN',
  CLOSED = 'CLOSED',
}
registerEnumType(AllocationBatchState, { name: 'AllocationBatchState', description: '分配批次状态：进行中、已结束' });

/** 分配批次: one round of allocation of a region, bound for good to the version of its procedure in force when it was opened. It tells nothing of a person. */
@ObjectType({ description: '住房保障资源分配批次' })
@Entity()
export class AllocationBatch {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field(() => RegionCode) @Property({ type: 'text' }) regionCode!: string;
  @Field({ description: '批次名称，本区划内唯一' }) @Property({ type: 'text' }) name!: string;
  @Field(() => ID, { description: '所依据的分配程序版本' }) @Property({ type: 'uuid' }) procedureId!: string;
  @Field(() => AllocationBatchState) @Property({ type: 'text' }) state!: AllocationBatchState;
  @Field(() => Int, { description: '版本：办理时须与所见一致' }) @Property({ type: 'integer' }) version!: number;
  @Field(() => LocalDate) @Property({ type: 'date' }) openedOn!: string;
  @Field(() => Instant)
  @Property({ type: 'datetime', columnType: 'timestamptz' })
  openedAt!: Date | string;
  @Field() @Property({ type: 'text' }) openedBy!: string;
  @Field(() => LocalDate, { nullable: true })
  @Property({ type: 'date', nullable: true })
  closedOn!: string | null;
  @Field(() => String, { nullable: true }) @Property({ type: 'text', nullable: true }) closedBy!: string | null;
}
