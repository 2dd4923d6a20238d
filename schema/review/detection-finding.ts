import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { AdmissionGround } from '../housing/entitlement';
import { LocalDate, RegionCode } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

export enum DetectionKind {
  MINOR_HOLDER = 'MINOR_HOLDER',
  INELIGIBLE_CATEGORY = 'INELIGIBLE_CATEGORY',
  OUTCOME_NOT_CARRIED_OUT = 'OUTCOME_NOT_CARRIED_OUT',
  EXIT_OVERDUE = 'EXIT_OVERDUE',
}
registerEnumType(DetectionKind, {
  name: 'DetectionKind',
  description: '清理事项：以未成年人名义享受、未经审核合格而享受、决定生效后未执行、逾期未腾退',
});

export enum DetectionState {
  OPEN = 'OPEN',
  CLEARING = 'CLEARING',
  CLEARED = 'CLEARED',
}
registerEnumType(DetectionState, { name: 'DetectionState', description: '清理状态：待处理、清退中、已清理' });

/** 清理事项 (IM-6): what a night found of a security that is held. It decides nothing: the exit or the case that puts it right does. */
@ObjectType({ description: '清理事项' })
@Entity()
export class DetectionFinding {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field(() => RegionCode) @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) householdId!: string;
  @Field(() => ID, { description: '所涉在享保障' }) @Property({ type: 'uuid' }) entitlementId!: string;
  @Field(() => DetectionKind) @Property({ type: 'text' }) kind!: DetectionKind;
  @Field(() => AdmissionGround, { nullable: true, description: '发现时登记的准入类别' })
  @Property({ type: 'text', nullable: true })
  ground!: AdmissionGround | null;
  @Field(() => LocalDate, { description: '发现之日' }) @Property({ type: 'date' }) foundOn!: string;
  @Field(() => ID, { nullable: true, description: '所由清退的退出案' })
  @Property({ type: 'uuid', nullable: true })
  exitId!: string | null;
  @Field(() => ID, { nullable: true, description: '所由纠正的案件' })
  @Property({ type: 'uuid', nullable: true })
  caseId!: string | null;
  @Field(() => DetectionState) @Property({ type: 'text' }) state!: DetectionState;
  @Field(() => LocalDate, { nullable: true, description: '清理完毕之日' })
  @Property({ type: 'date', nullable: true })
  clearedOn!: string | null;
}

/** 整改 [IM-6(3)]: of INELIGIBLE_CATEGORY. Nobody closes it: it is closed when the last household is out. */
@ObjectType({ description: '一个旗县（市、区）对不符合条件家庭的清退进展' })
export class RegionRectification {
  @Field(() => RegionCode) regionCode!: string;
  @Field(() => Int, { description: '发现的户数' }) found!: number;
  @Field(() => Int, { description: '其中已清理' }) cleared!: number;
  @Field(() => Int, { description: '其中尚未清理' }) open!: number;
  @Field({ description: '整改已完成：没有尚未清理的' }) closed!: boolean;
  @Field(() => String, { nullable: true, description: '今日有效的高档消费品标准的文号；空为当地尚未制定' })
  highEndCatalogue!: string | null;
}
