import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Programme } from '../programme';
import { LocalDate, RegionCode } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** domain.md §5.6. What may follow what: schema/tenancy/moves. */
export enum AllotmentState {
  OFFERED = 'OFFERED',
  ACCEPTED = 'ACCEPTED',
  DECLINED = 'DECLINED',
  LAPSED = 'LAPSED',
  CONTRACT_SIGNED = 'CONTRACT_SIGNED',
  HANDED_OVER = 'HANDED_OVER',
  VOID = 'VOID',
}
registerEnumType(AllotmentState, {
  name: 'AllotmentState',
  description: '配租配售状态：已通知待答复、已接受、已放弃、逾期未答复、已签合同、已交付、已作废',
});

/** 配租配售: a dwelling offered to a household that waits, by a decision. One at a time of each. Its steps alone move it. */
@ObjectType({ description: '配租配售' })
@Entity()
export class Allotment {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field(() => RegionCode) @Property({ type: 'text' }) regionCode!: string;
  @Field(() => ID, { description: '家庭' }) @Property({ type: 'uuid' }) householdId!: string;
  @Field(() => ID, { description: '所凭申请' }) @Property({ type: 'uuid' }) applicationId!: string;
  @Field(() => ID, { description: '所凭轮候登记' }) @Property({ type: 'uuid' }) entryId!: string;
  @Field(() => ID, { description: '房源' }) @Property({ type: 'uuid' }) dwellingId!: string;
  @Field(() => Programme) @Property({ type: 'text' }) programme!: Programme;
  @Field(() => AllotmentState) @Property({ type: 'text' }) state!: AllotmentState;
  @Field(() => Int, { description: '版本：办理时须与所见一致' }) @Property({ type: 'integer' }) version!: number;
  @Field(() => LocalDate) @Property({ type: 'date' }) offeredOn!: string;
  @Field(() => LocalDate, { description: '答复期限' }) @Property({ type: 'date' }) answerBy!: string;
  @Field({ description: '决定文号' }) @Property({ type: 'text' }) documentNumber!: string;
  /** Shown as what its first step says: `tenancySteps`. */
  @Property({ type: 'text' }) reason!: string;
  @Property({ type: 'datetime', columnType: 'timestamptz' }) offeredAt!: Date;
  @Field({ description: '决定人' }) @Property({ type: 'text' }) offeredBy!: string;
  @Property({ type: 'text' }) role!: string;
  @Property({ type: 'text' }) office!: string;
}
