import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { DwellingState } from './dwelling';
import { Entity, Property } from '../mapping';
import { Step } from '../step';

export enum DwellingStepKind {
  START = 'START',
  COMPLETION = 'COMPLETION',
  ACCEPTANCE = 'ACCEPTANCE',
  RELEASE = 'RELEASE',
  FREEZE = 'FREEZE',
  BATCHING = 'BATCHING',
  UNBATCHING = 'UNBATCHING',
  ALLOTMENT = 'ALLOTMENT',
  RETURN = 'RETURN',
  HANDOVER = 'HANDOVER',
  RECOVERY = 'RECOVERY',
  REPURCHASE = 'REPURCHASE',
  CONVERSION = 'CONVERSION',
}
registerEnumType(DwellingStepKind, {
  name: 'DwellingStepKind',
  description:
    '房源步骤：开工、竣工、验收可交付、投入分配、冻结、列入批次、退出批次、分配、退回待分配、交付入住、收回、回购、转换',
});

/** 房源步骤: who did what with a dwelling and when. Never rewritten, and without a word about anybody. */
@ObjectType({ description: '房源步骤' })
@Entity()
export class DwellingStep extends Step {
  @Property({ type: 'uuid' }) dwellingId!: string;
  /** Of the dwelling as it was before the step. */
  @Property({ type: 'integer' }) version!: number;
  @Field(() => DwellingStepKind) @Property({ type: 'text' }) kind!: DwellingStepKind;
  @Field(() => DwellingState, { description: '办理后的状态' }) @Property({ type: 'text' }) toState!: DwellingState;
  @Field(() => String, { nullable: true, description: '文号' })
  @Property({ type: 'text', nullable: true })
  documentNumber!: string | null;
}
