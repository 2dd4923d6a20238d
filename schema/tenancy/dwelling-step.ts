import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Instant, LocalDate } from '../scalars';
import { DwellingState } from './dwelling';
import { Entity, PrimaryKey, Property } from '../mapping';

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
export class DwellingStep {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) dwellingId!: string;
  /** Of the dwelling as it was before the step. */
  @Property({ type: 'integer' }) version!: number;
  @Field(() => DwellingStepKind) @Property({ type: 'text' }) kind!: DwellingStepKind;
  @Field(() => DwellingState, { description: '办理后的状态' }) @Property({ type: 'text' }) toState!: DwellingState;
  @Field(() => Instant) @Property({ type: 'datetime', columnType: 'timestamptz' }) at!: Date;
  @Field(() => LocalDate) @Property({ type: 'date' }) onDay!: string;
  @Field({ description: '经办人' }) @Property({ type: 'text' }) takenBy!: string;
  @Field() @Property({ type: 'text' }) role!: string;
  @Field() @Property({ type: 'text' }) office!: string;
  @Field(() => String, { nullable: true, description: '文号' })
  @Property({ type: 'text', nullable: true })
  documentNumber!: string | null;
}
