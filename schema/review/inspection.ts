import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Classified, withheld } from '../../src/access/classification';
import { Instant, LocalDate, RegionCode } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** 违规使用 (IM-7.5–7.7). */
export enum Misuse {
  CHANGE_OF_USE = 'CHANGE_OF_USE',
  SUBLET = 'SUBLET',
  LENT = 'LENT',
  VACANT = 'VACANT',
  SOLD = 'SOLD',
}
registerEnumType(Misuse, { name: 'Misuse', description: '疑似违规使用：改变用途、转租、转借、连续空置、出售' });

/** 使用状态 [GX-9.2.1(4)]: what a visit saw. */
export enum UseState {
  SELF_OCCUPIED = 'SELF_OCCUPIED',
  IDLE = 'IDLE',
  LET = 'LET',
  LENT = 'LENT',
  SOLD = 'SOLD',
  USE_CHANGED = 'USE_CHANGED',
}
registerEnumType(UseState, { name: 'UseState', description: '使用状态：自住、闲置、出租、出借、出售、改变用途' });

/** What a use would be, if nobody permitted it. */
export const MISUSE_OF: Readonly<Record<UseState, Misuse | null>> = {
  [UseState.SELF_OCCUPIED]: null,
  [UseState.IDLE]: Misuse.VACANT,
  [UseState.LET]: Misuse.SUBLET,
  [UseState.LENT]: Misuse.LENT,
  [UseState.SOLD]: Misuse.SOLD,
  [UseState.USE_CHANGED]: Misuse.CHANGE_OF_USE,
};

export enum Signal {
  METER = 'METER',
  VISIT = 'VISIT',
  COMPLAINT = 'COMPLAINT',
  DATA = 'DATA',
}
registerEnumType(Signal, { name: 'Signal', description: '线索来源：水电气表、走访、举报、数据比对' });

/** WATCHING: vacant, not yet for so long that somebody must go there. What may follow what: schema/transitions. */
export enum InspectionState {
  WATCHING = 'WATCHING',
  OPEN = 'OPEN',
  CONFIRMED = 'CONFIRMED',
  FALSE_ALARM = 'FALSE_ALARM',
  EXCUSED = 'EXCUSED',
}
registerEnumType(InspectionState, {
  name: 'InspectionState',
  description: '巡查状态：观察中、待巡查、属实、不属实、有正当理由',
});

/** What somebody can have found there: the states that end an inspection. */
export enum InspectionResult {
  CONFIRMED = 'CONFIRMED',
  FALSE_ALARM = 'FALSE_ALARM',
  EXCUSED = 'EXCUSED',
}
registerEnumType(InspectionResult, { name: 'InspectionResult', description: '巡查结果：属实、不属实、有正当理由' });

/** 巡查: what was seen of a dwelling's use, and what an officer found there. A signal is no finding, and nothing follows from it but a visit. */
@ObjectType({ description: '使用情况巡查' })
@Entity()
export class Inspection {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field(() => RegionCode) @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) householdId!: string;
  /** Whom the notes speak of: the applicant of the file. */
  @Field(() => ID, { nullable: true, description: '所涉申请人' }) personId?: string | null;
  @Field(() => Misuse) @Property({ type: 'text' }) kind!: Misuse;
  @Field(() => Signal) @Property({ type: 'text' }) signal!: Signal;
  @Field(() => LocalDate, { description: '所见情形起始之日' }) @Property({ type: 'date' }) seenFrom!: string;
  @Field(() => LocalDate, { description: '应巡查之日' }) @Property({ type: 'date' }) opensOn!: string;
  @Field(() => String, { nullable: true, description: '线索记录' })
  @Property({ type: 'text', nullable: true })
  @Classified('personal', withheld)
  signalNote!: string | null;
  @Field({ description: '登记人' }) @Property({ type: 'text' }) signalledBy!: string;
  @Field(() => Instant) @Property({ type: 'datetime', columnType: 'timestamptz' }) signalledAt!: Date;
  @Field(() => InspectionState) @Property({ type: 'text' }) state!: InspectionState;
  @Field(() => UseState, { nullable: true, description: '巡查所见的使用状态' })
  @Property({ type: 'text', nullable: true })
  useState!: UseState | null;
  @Field(() => LocalDate, { nullable: true, description: '巡查之日' })
  @Property({ type: 'date', nullable: true })
  inspectedOn!: string | null;
  @Field(() => String, { nullable: true, description: '巡查结果记录' })
  @Property({ type: 'text', nullable: true })
  @Classified('personal', withheld)
  resultNote!: string | null;
  @Field(() => String, { nullable: true, description: '巡查人' })
  @Property({ type: 'text', nullable: true })
  inspectedBy!: string | null;
}

/** How often signals were right: without it nobody can tell a good source of signals from a bad one. */
@ObjectType({ description: '线索准确率：属实、有正当理由、不属实' })
export class SignalRecord {
  @Field(() => Signal) signal!: Signal;
  @Field(() => Misuse) kind!: Misuse;
  @Field(() => Int) open!: number;
  @Field(() => Int) confirmed!: number;
  @Field(() => Int) excused!: number;
  @Field(() => Int) falseAlarms!: number;
}
