import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Programme } from '../programme';
import { Fen, Instant, Integer, LocalDate, RegionCode } from '../scalars';
import { ContractKind } from './contract-template';
import { Entity, PrimaryKey, Property } from '../mapping';

/** domain.md §5.6. What may follow what: schema/tenancy/moves. */
export enum ContractState {
  DRAFT = 'DRAFT',
  SIGNED = 'SIGNED',
  FILED = 'FILED',
  ACTIVE = 'ACTIVE',
  RENEWED = 'RENEWED',
  EXPIRED = 'EXPIRED',
  TERMINATED = 'TERMINATED',
}
registerEnumType(ContractState, {
  name: 'ContractState',
  description: '合同状态：草拟、已签订、已备案、履行中、已续签、已到期、已终止',
});

/** 对方当事人 [IM-4.9]: who the household signs with. */
export enum ContractParty {
  MANAGER = 'MANAGER',
  OWNER = 'OWNER',
}
registerEnumType(ContractParty, { name: 'ContractParty', description: '对方当事人：运营管理单位、产权单位' });

/** Where a lease stands towards its renewal. */
export enum RenewalWindow {
  OPEN = 'OPEN',
  ASKED = 'ASKED',
  MISSED = 'MISSED',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(RenewalWindow, {
  name: 'RenewalWindow',
  description: '续租：可申请、已申请待续签、已过申请期限未申请、申请期限不明（未登记申请续租的月数，请登记参数）',
});

/** 配租配售合同 [IM-4.9, 4.10]: on the version in force when it is drawn; rent and deposit by the parameters, never by hand. Its steps alone move it. */
@ObjectType({ description: '配租配售合同' })
@Entity()
export class Contract {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field(() => RegionCode) @Property({ type: 'text' }) regionCode!: string;
  @Field(() => ID, { description: '家庭' }) @Property({ type: 'uuid' }) householdId!: string;
  @Field(() => ID, { description: '配租配售' }) @Property({ type: 'uuid' }) allotmentId!: string;
  @Field(() => ID, { description: '房源' }) @Property({ type: 'uuid' }) dwellingId!: string;
  @Field(() => Programme) @Property({ type: 'text' }) programme!: Programme;
  @Field(() => ContractKind) @Property({ type: 'text' }) kind!: ContractKind;
  @Field(() => ID, { description: '所用范本' }) @Property({ type: 'uuid' }) templateId!: string;
  @Field(() => ID, { nullable: true, description: '所续签的合同' })
  @Property({ type: 'uuid', nullable: true })
  predecessorId!: string | null;
  @Field(() => ContractParty) @Property({ type: 'text' }) partyKind!: ContractParty;
  @Field({ description: '对方当事人' }) @Property({ type: 'text' }) party!: string;
  @Field(() => Integer, { description: '面积，平方厘米' }) @Property({ type: 'bigint' }) areaCm2!: number;
  @Field(() => Fen, { nullable: true, description: '签订时的月租金；此后的见租金台账' })
  @Property(({ BigIntType }) => ({ type: new BigIntType('number'), nullable: true }))
  rentFen!: number | null;
  @Field(() => Fen, { nullable: true, description: '押金' })
  @Property(({ BigIntType }) => ({ type: new BigIntType('number'), nullable: true }))
  depositFen!: number | null;
  @Field(() => Fen, { nullable: true, description: '配售价款' })
  @Property(({ BigIntType }) => ({ type: new BigIntType('number'), nullable: true }))
  priceFen!: number | null;
  @Field(() => LocalDate) @Property({ type: 'date' }) startsOn!: string;
  @Field(() => LocalDate, { nullable: true }) @Property({ type: 'date', nullable: true }) endsOn!: string | null;
  @Field(() => LocalDate, { nullable: true, description: '起租日' })
  @Property({ type: 'date', nullable: true })
  chargedFrom!: string | null;
  @Field(() => LocalDate, { nullable: true, description: '止租日' })
  @Property({ type: 'date', nullable: true })
  chargedUntil!: string | null;
  @Field(() => LocalDate, { nullable: true, description: '申请续租之日' })
  @Property({ type: 'date', nullable: true })
  renewalAskedOn!: string | null;
  @Field(() => ContractState) @Property({ type: 'text' }) state!: ContractState;
  @Field(() => Int, { description: '版本：办理时须与所见一致' }) @Property({ type: 'integer' }) version!: number;
  @Field(() => Instant) @Property({ type: 'datetime', columnType: 'timestamptz' }) drawnAt!: Date | string;
  @Field({ description: '经办人' }) @Property({ type: 'text' }) drawnBy!: string;
}
