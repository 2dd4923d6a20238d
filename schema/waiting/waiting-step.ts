import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Classified, withheld } from '../../src/access/classification';
import { LocalDate } from '../scalars';
import { WaitingState } from './waiting-list-entry';
import { Entity, Property } from '../mapping';
import { Step } from '../step';

export enum WaitingStepKind {
  INVITATION = 'INVITATION',
  REGISTRATION = 'REGISTRATION',
  ALLOTMENT = 'ALLOTMENT',
  DECLINE = 'DECLINE',
  DEFERRAL = 'DEFERRAL',
  LAST_REFUSAL = 'LAST_REFUSAL',
  RETURN = 'RETURN',
  SUSPENSION = 'SUSPENSION',
  RESUMPTION = 'RESUMPTION',
  RESTORATION = 'RESTORATION',
  REMOVAL = 'REMOVAL',
}
registerEnumType(WaitingStepKind, {
  name: 'WaitingStepKind',
  description:
    '轮候步骤：通知、登记参加批次、配租配售、放弃、放弃并暂缓、放弃达到次数退出、暂缓期满、中止、恢复、批次取消恢复、退出',
});

/** 轮候步骤: who did what with an entry and when. Never rewritten. */
@ObjectType({ description: '轮候步骤' })
@Entity()
export class WaitingStep extends Step {
  @Property({ type: 'uuid' }) householdId!: string;
  @Property({ type: 'uuid' }) entryId!: string;
  /** Whom the note speaks of; the column is the case's. */
  @Field(() => ID, { nullable: true, description: '所涉申请人' }) personId?: string | null;
  /** Of the entry as it was before the step. */
  @Property({ type: 'integer' }) version!: number;
  @Field(() => WaitingStepKind) @Property({ type: 'text' }) kind!: WaitingStepKind;
  @Field(() => WaitingState, { description: '办理后的状态' }) @Property({ type: 'text' }) toState!: WaitingState;
  @Field(() => String, { nullable: true, description: '批次' })
  @Property({ type: 'text', nullable: true })
  batch!: string | null;
  @Field(() => LocalDate, { nullable: true, description: '暂缓至' })
  @Property({ type: 'date', nullable: true })
  deferredUntil!: string | null;
  @Field(() => String, { nullable: true, description: '文号' })
  @Property({ type: 'text', nullable: true })
  documentNumber!: string | null;
  @Field(() => String, { nullable: true, description: '理由' })
  @Property({ type: 'text', nullable: true })
  @Classified('personal', withheld)
  note!: string | null;
}
