import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Classified, withheld } from '../../src/access/classification';
import { Fen, LocalDate } from '../scalars';
import { Entity, Property } from '../mapping';
import { Step } from '../step';

/** Whose step it is. */
export enum TenancyNoun {
  ALLOTMENT = 'ALLOTMENT',
  CONTRACT = 'CONTRACT',
  OCCUPANCY = 'OCCUPANCY',
  EXIT = 'EXIT',
}
registerEnumType(TenancyNoun, { name: 'TenancyNoun', description: '所办事项：配租配售、合同、入住、退出' });

export enum TenancyStepKind {
  OFFER = 'OFFER',
  ACCEPTANCE = 'ACCEPTANCE',
  DECLINE = 'DECLINE',
  LAPSE = 'LAPSE',
  VOIDING = 'VOIDING',
  SIGNING = 'SIGNING',
  HANDOVER = 'HANDOVER',
  WITHDRAWAL = 'WITHDRAWAL',
  FILING = 'FILING',
  ACTIVATION = 'ACTIVATION',
  RENEWAL_REQUEST = 'RENEWAL_REQUEST',
  RENEWAL = 'RENEWAL',
  EXPIRY = 'EXPIRY',
  TERMINATION = 'TERMINATION',
  PURCHASE = 'PURCHASE',
  MOVE_IN = 'MOVE_IN',
  LEAVING = 'LEAVING',
  VACATION = 'VACATION',
  EXITING = 'EXITING',
  HEARING = 'HEARING',
  ORDER = 'ORDER',
  RELOCATION = 'RELOCATION',
  MARKET_RENT = 'MARKET_RENT',
  COURT = 'COURT',
  RECOVERY = 'RECOVERY',
  REPURCHASE = 'REPURCHASE',
}
registerEnumType(TenancyStepKind, {
  name: 'TenancyStepKind',
  description:
    '步骤：通知、接受、放弃、逾期、作废、签订、交付、撤回草拟、备案、开始履行、申请续租、续签、到期、终止、补差购买、入住、开始腾退、腾退、随退出办结、听取意见、责令退出、搬迁期、收取市场租金、诉讼、收回、回购',
});

/** 配租配售、合同、入住、退出的步骤: who did what with which of them and when. Never rewritten. */
@ObjectType({ description: '配租配售、合同、入住、退出的步骤' })
@Entity()
export class TenancyStep extends Step {
  @Property({ type: 'uuid' }) householdId!: string;
  /** Whom the note speaks of: the applicant of the file. */
  @Field(() => ID, { nullable: true, description: '所涉申请人' }) personId?: string | null;
  @Field(() => TenancyNoun) @Property({ type: 'text' }) noun!: TenancyNoun;
  @Property({ type: 'uuid' }) subjectId!: string;
  /** Of the record as it was before the step. */
  @Property({ type: 'integer' }) version!: number;
  @Field(() => TenancyStepKind) @Property({ type: 'text' }) kind!: TenancyStepKind;
  @Field({ description: '办理后的状态' }) @Property({ type: 'text' }) toState!: string;
  @Field(() => String, { nullable: true, description: '文号' })
  @Property({ type: 'text', nullable: true })
  documentNumber!: string | null;
  @Field(() => String, { nullable: true, description: '所依据的合同退出条款' })
  @Property({ type: 'text', nullable: true })
  clauseId!: string | null;
  @Field(() => LocalDate, { nullable: true, description: '期限' })
  @Property({ type: 'date', nullable: true })
  dueOn!: string | null;
  @Field(() => Fen, { nullable: true, description: '回购价款' })
  @Property(({ BigIntType }) => ({ type: new BigIntType('number'), nullable: true }))
  amountFen!: number | null;
  @Field(() => String, { nullable: true, description: '理由或记录' })
  @Property({ type: 'text', nullable: true })
  @Classified('personal', withheld)
  note!: string | null;
}
