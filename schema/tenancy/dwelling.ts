import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { AreaKind } from '../area-kind';
import { Programme } from '../programme';
import { Instant, Integer, RegionCode } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** domain.md §5.6. What may follow what: schema/tenancy/dwelling-moves. */
export enum DwellingState {
  PLANNED = 'PLANNED',
  UNDER_CONSTRUCTION = 'UNDER_CONSTRUCTION',
  COMPLETED = 'COMPLETED',
  DELIVERABLE = 'DELIVERABLE',
  PENDING_ALLOCATION = 'PENDING_ALLOCATION',
  IN_BATCH = 'IN_BATCH',
  ALLOTTED = 'ALLOTTED',
  OCCUPIED = 'OCCUPIED',
  RECOVERED = 'RECOVERED',
  FROZEN = 'FROZEN',
  REPURCHASED = 'REPURCHASED',
  CONVERTED = 'CONVERTED',
}
registerEnumType(DwellingState, {
  name: 'DwellingState',
  description: '房源状态：计划、在建、竣工、可交付、待分配、已列入批次、已分配、已入住、已收回、冻结、已回购、已转换',
});

/** 筹集方式 [IM-5.4]. */
export enum DwellingRaising {
  NEW_BUILD = 'NEW_BUILD',
  ALLOCATED_BUILD = 'ALLOCATED_BUILD',
  PURCHASE = 'PURCHASE',
  CONVERSION = 'CONVERSION',
  LONG_LEASE = 'LONG_LEASE',
  OTHER = 'OTHER',
}
registerEnumType(DwellingRaising, {
  name: 'DwellingRaising',
  description: '筹集方式：新建、配建、购买、改建、长期租赁、其他',
});

/** 保障性住房 (GX-2.0.2): a dwelling to be let or sold. It tells nothing of a person. Its steps alone move it. */
@ObjectType({ description: '保障性住房' })
@Entity()
export class Dwelling {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field(() => RegionCode, { description: '旗县市区' }) @Property({ type: 'text' }) regionCode!: string;
  /** GB/T 37346, 28 characters; each once. */
  @Field({ description: '不动产单元代码（GB/T 37346）' }) @Property({ type: 'text' }) unitCode!: string;
  @Field({ description: '项目名称' }) @Property({ type: 'text' }) project!: string;
  @Field({ description: '坐落' }) @Property({ type: 'text' }) address!: string;
  @Field(() => Programme, { description: '用于何种保障方式' }) @Property({ type: 'text' }) programme!: Programme;
  @Field({ description: '套型' }) @Property({ type: 'text' }) unitType!: string;
  @Field(() => Integer, { description: '面积，平方厘米' }) @Property({ type: 'bigint' }) areaCm2!: number;
  @Field(() => AreaKind) @Property({ type: 'text' }) areaKind!: AreaKind;
  @Field({ description: '产权单位' }) @Property({ type: 'text' }) owner!: string;
  @Field({ description: '运营管理单位' }) @Property({ type: 'text' }) manager!: string;
  /** Whose document sets the rent; the rates themselves are parameters. */
  @Field(() => String, { nullable: true, description: '租金标准文号' })
  @Property({ type: 'text', nullable: true })
  rentStandard!: string | null;
  @Field(() => DwellingRaising, { nullable: true, description: '筹集方式' })
  @Property({ type: 'text', nullable: true })
  raising!: DwellingRaising | null;
  @Field(() => DwellingState) @Property({ type: 'text' }) state!: DwellingState;
  @Field(() => Int, { description: '版本：办理时须与所见一致' }) @Property({ type: 'integer' }) version!: number;
  @Field(() => Instant)
  @Property({ type: 'datetime', columnType: 'timestamptz' })
  recordedAt!: Date | string;
  @Field() @Property({ type: 'text' }) recordedBy!: string;
}
