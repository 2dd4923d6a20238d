import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Classified, withheld } from '../../src/access/classification';
import { LocalDate, RegionCode } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** 变动 (GX-9.3.1(2)). */
export enum ChangeKind {
  NEW_HOME = 'NEW_HOME',
  NEW_VEHICLE = 'NEW_VEHICLE',
  DEATH = 'DEATH',
  MARRIAGE = 'MARRIAGE',
}
registerEnumType(ChangeKind, { name: 'ChangeKind', description: '变动：新增住房、新增车辆、死亡、结婚' });

/** What may follow what: schema/transitions. */
export enum ChangeState {
  OPEN = 'OPEN',
  NOTIFIED = 'NOTIFIED',
  REPLIED = 'REPLIED',
  NO_REPLY = 'NO_REPLY',
  CLOSED = 'CLOSED',
}
registerEnumType(ChangeState, {
  name: 'ChangeState',
  description: '变动状态：待告知、已告知、已答复、逾期未答复（不作任何推定）、已办结',
});

/** How an alert ends. A finding comes from the rules alone: RE_CHECKED names the cross-check that made one. */
export enum ChangeOutcome {
  EXPLAINED = 'EXPLAINED',
  MISTAKEN = 'MISTAKEN',
  RE_CHECKED = 'RE_CHECKED',
}
registerEnumType(ChangeOutcome, { name: 'ChangeOutcome', description: '办结方式：已说明、记录有误、已复核' });

/** What a re-check came to: the report says it, and a decision about the security is still another's. */
export enum ChangeResult {
  KEEP = 'KEEP',
  NOT_QUALIFIED = 'NOT_QUALIFIED',
}
registerEnumType(ChangeResult, { name: 'ChangeResult', description: '复核结果：符合继续保障条件、不再符合' });

/** 变动提示: something a source has told of a watched household since the last look. It is no finding, and nothing follows from it but a question to the household. */
@ObjectType({ description: '变动提示：只引起告知，不作任何处理' })
@Entity()
export class Change {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field(() => RegionCode) @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) householdId!: string;
  @Field(() => ID, { description: '所涉成员' }) @Property({ type: 'uuid' }) personId!: string;
  @Field(() => ID, { description: '复核案件' }) @Property({ type: 'uuid' }) caseId!: string;
  @Field(() => ID, { description: '所依授权书' }) @Property({ type: 'uuid' }) letterId!: string;
  @Field(() => ChangeKind) @Property({ type: 'text' }) kind!: ChangeKind;
  @Field({ description: '来源' }) @Property({ type: 'text' }) source!: string;
  @Field(() => String, { nullable: true, description: '新增事项：不动产单元号、号牌' })
  @Property({ type: 'text', nullable: true })
  @Classified('assets', withheld)
  item!: string | null;
  @Field(() => LocalDate, { nullable: true, description: '来源登记之日' })
  @Property({ type: 'date', nullable: true })
  @Classified('assets', withheld)
  datedOn!: string | null;
  @Field(() => LocalDate, { description: '发现之日' }) @Property({ type: 'date' }) seenOn!: string;
  @Field(() => ID, { description: '所出查询' }) @Property({ type: 'uuid' }) queryId!: string;
  @Field(() => ChangeState) @Property({ type: 'text' }) state!: ChangeState;
  @Field(() => LocalDate, { nullable: true, description: '告知之日' })
  @Property({ type: 'date', nullable: true })
  notifiedOn!: string | null;
  @Property({ type: 'text', nullable: true }) notifiedBy!: string | null;
  @Field(() => LocalDate, { nullable: true, description: '答复截止之日' })
  @Property({ type: 'date', nullable: true })
  replyBy!: string | null;
  @Field(() => Boolean, { nullable: true, description: '途中有年份的放假安排尚未公布' })
  @Property({ type: 'boolean', nullable: true })
  replyByProvisional!: boolean | null;
  @Property({ type: 'date', nullable: true }) silentOn!: string | null;
  @Field(() => String, { nullable: true, description: '当事人的说明' })
  @Property({ type: 'text', nullable: true })
  @Classified('personal', withheld)
  reply!: string | null;
  @Field(() => LocalDate, { nullable: true, description: '答复之日' })
  @Property({ type: 'date', nullable: true })
  repliedOn!: string | null;
  @Property({ type: 'text', nullable: true }) replyTakenBy!: string | null;
  @Field(() => ChangeOutcome, { nullable: true })
  @Property({ type: 'text', nullable: true })
  outcome!: ChangeOutcome | null;
  @Field(() => ID, { nullable: true, description: '复核所依核对任务' })
  @Property({ type: 'uuid', nullable: true })
  crossCheckId!: string | null;
  @Field(() => ChangeResult, { nullable: true, description: '复核结果，依核对报告的结论' })
  @Property({ type: 'text', nullable: true })
  result!: ChangeResult | null;
  @Field(() => String, { nullable: true, description: '办结说明' })
  @Property({ type: 'text', nullable: true })
  @Classified('personal', withheld)
  closingNote!: string | null;
  @Field(() => LocalDate, { nullable: true, description: '办结之日' })
  @Property({ type: 'date', nullable: true })
  closedOn!: string | null;
  @Field(() => String, { nullable: true, description: '办结人' })
  @Property({ type: 'text', nullable: true })
  closedBy!: string | null;
}

/** Every household with an open re-check case is watched or paused; who is watched was looked at, or is to be asked again. */
@ObjectType({ description: '变动监测情况：户数恒等于在监测与未监测之和' })
export class ChangeWatch {
  @Field(() => Int, { nullable: true, description: '监测间隔（日）；未设定则本区划不监测' })
  intervalDays!: number | null;
  @Field(() => Int, { description: '有未办结复核案件的家庭' }) households!: number;
  @Field(() => Int, { description: '在监测：授权书有效且所在区划设有间隔' }) watched!: number;
  @Field(() => Int, { description: '在监测且本间隔内各来源均已答复' }) lookedSince!: number;
  @Field(() => Int, { description: '在监测而有来源尚未答复（不视为无变动）' }) notAnswered!: number;
  @Field(() => Int, { description: '未监测：无有效授权书，或未设定间隔' }) paused!: number;
  @Field(() => Int, { description: '其中所在区划未设定间隔' }) withoutInterval!: number;
  @Field(() => Int, { description: '尚未办结的变动提示' }) open!: number;
}
