import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { LocalDate, RegionCode } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** 退出事由 (IM-7.2, 7.5–7.7). */
export enum ExitGround {
  NO_LONGER_ELIGIBLE = 'NO_LONGER_ELIGIBLE',
  CHANGE_OF_USE = 'CHANGE_OF_USE',
  SUBLET = 'SUBLET',
  LENT = 'LENT',
  VACANT = 'VACANT',
  SOLD = 'SOLD',
}
registerEnumType(ExitGround, {
  name: 'ExitGround',
  description: '退出事由：不再符合条件、擅自改变用途、转租、转借、无正当理由连续空置、出售',
});

/** domain.md §5.6. What may follow what: schema/tenancy/moves. */
export enum ExitState {
  OPENED = 'OPENED',
  HEARING = 'HEARING',
  ORDERED = 'ORDERED',
  RELOCATION = 'RELOCATION',
  MARKET_RENT = 'MARKET_RENT',
  COURT = 'COURT',
  VACATED = 'VACATED',
}
registerEnumType(ExitState, {
  name: 'ExitState',
  description: '退出状态：已立案、已听取意见、已责令退出、搬迁期、按市场租金收取、已起诉、已腾退',
});

/** 收回承租的，回购购买的 (IM-7.9). */
export enum ExitOutcome {
  RECOVERY = 'RECOVERY',
  REPURCHASE = 'REPURCHASE',
}
registerEnumType(ExitOutcome, { name: 'ExitOutcome', description: '退出办结：收回、回购' });

/** 退出案: a household that has to leave by a day, by a decision that was executed. */
@ObjectType({ description: '退出案' })
@Entity()
export class ExitCase {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field(() => RegionCode) @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) householdId!: string;
  @Field(() => ID) @Property({ type: 'uuid' }) reviewId!: string;
  @Field(() => ExitGround) @Property({ type: 'text' }) ground!: ExitGround;
  @Field({ description: '合同退出条款或文件依据' }) @Property({ type: 'text' }) basis!: string;
  @Field(() => LocalDate) @Property({ type: 'date' }) openedOn!: string;
  @Field(() => LocalDate, { description: '腾退期限' }) @Property({ type: 'date' }) vacateBy!: string;
  @Field(() => ExitState) @Property({ type: 'text' }) state!: ExitState;
  @Field(() => Int, { description: '版本：办理时须与所见一致' }) @Property({ type: 'integer' }) version!: number;
}
