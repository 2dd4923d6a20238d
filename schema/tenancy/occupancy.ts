import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { LocalDate, RegionCode } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** domain.md §5.6. What may follow what: schema/tenancy/moves. */
export enum OccupancyState {
  NOT_MOVED_IN = 'NOT_MOVED_IN',
  OCCUPIED = 'OCCUPIED',
  VACATING = 'VACATING',
  VACATED = 'VACATED',
}
registerEnumType(OccupancyState, {
  name: 'OccupancyState',
  description: '入住状态：已交付未入住、已入住、腾退中、已腾退',
});

/** 入住: opened by the handover alone; it outlives a renewal. */
@ObjectType({ description: '入住' })
@Entity()
export class Occupancy {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field(() => RegionCode) @Property({ type: 'text' }) regionCode!: string;
  @Field(() => ID, { description: '家庭' }) @Property({ type: 'uuid' }) householdId!: string;
  @Field(() => ID, { description: '房源' }) @Property({ type: 'uuid' }) dwellingId!: string;
  @Field(() => ID, { description: '配租配售' }) @Property({ type: 'uuid' }) allotmentId!: string;
  @Field(() => OccupancyState) @Property({ type: 'text' }) state!: OccupancyState;
  @Field(() => Int, { description: '版本：办理时须与所见一致' }) @Property({ type: 'integer' }) version!: number;
  @Field(() => LocalDate, { description: '交付之日' }) @Property({ type: 'date' }) openedOn!: string;
  @Field(() => LocalDate, { nullable: true, description: '腾退之日' })
  @Property({ type: 'date', nullable: true })
  vacatedOn!: string | null;
}
