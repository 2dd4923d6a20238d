import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { AdmissionFlow } from '../admission/application';
import { Programme } from '../programme';
import { LocalDate, RegionCode } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** domain.md §5.3. What may follow what: schema/waiting/moves. */
export enum WaitingState {
  ACTIVE = 'ACTIVE',
  INVITED = 'INVITED',
  IN_BATCH = 'IN_BATCH',
  DEFERRED = 'DEFERRED',
  SUSPENDED = 'SUSPENDED',
  FULFILLED = 'FULFILLED',
  REMOVED = 'REMOVED',
}
registerEnumType(WaitingState, {
  name: 'WaitingState',
  description: '轮候状态：轮候中、已通知、已登记参加批次、暂缓、中止、已配租配售、已退出',
});

/** 轮候: a household approved, in the order of its region's programme. Its steps alone move it; the factors stay as they were at the approval. */
@ObjectType({ description: '轮候登记' })
@Entity()
export class WaitingListEntry {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field(() => RegionCode) @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) householdId!: string;
  @Field(() => ID, { description: '所凭申请' }) @Property({ type: 'uuid' }) applicationId!: string;
  @Field(() => Programme) @Property({ type: 'text' }) programme!: Programme;
  @Property({ type: 'text' }) flow!: AdmissionFlow;
  @Field(() => LocalDate, { description: '批准之日；恢复轮候的仍以此日为准' })
  @Property({ type: 'date' })
  enteredOn!: string;
  /** The four that follow: null is unknown, which gives no points. Per head, of the report. */
  @Property({ type: 'bigint', nullable: true }) areaCm2!: number | null;
  @Property({ type: 'bigint', nullable: true }) incomeFen!: number | null;
  /** A social-assistance class in force stands for the income. */
  @Property({ type: 'boolean', nullable: true }) recognised!: boolean | null;
  /** Location and unit type chosen, or of a subsidy the funds, are to be had. */
  @Property({ type: 'boolean', nullable: true }) choiceMet!: boolean | null;
  @Field(() => WaitingState) @Property({ type: 'text' }) state!: WaitingState;
  @Field(() => Int, { description: '放弃次数' }) @Property({ type: 'integer' }) refusals!: number;
  @Field(() => LocalDate, { nullable: true, description: '暂缓至' })
  @Property({ type: 'date', nullable: true })
  deferredUntil!: string | null;
  @Field(() => String, { nullable: true, description: '所在批次' })
  @Property({ type: 'text', nullable: true })
  batch!: string | null;
  @Field(() => Int, { description: '版本：办理时须与所见一致' }) @Property({ type: 'integer' }) version!: number;
}
