import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Instant, LocalDate, RegionCode } from '../scalars';
import { AllocationStep } from './step';
import { Entity, PrimaryKey, Property } from '../mapping';

/** domain.md §5.4. What may follow what: schema/transitions. Which of the approved ones is in force, their days tell. */
export enum AllocationProcedureState {
  DRAFT = 'DRAFT',
  SUBMITTED = 'SUBMITTED',
  APPROVED = 'APPROVED',
}
registerEnumType(AllocationProcedureState, {
  name: 'AllocationProcedureState',
  description: '分配程序状态：拟定、已报同级人民政府、已批准',
});

@ObjectType({ description: '拟定依据' })
export class LegalBasis {
  @Field({ description: '法律、法规、规章或住房保障管理规定的名称' }) title!: string;
  @Field({ description: '文号' }) documentNumber!: string;
  @Field(() => String, { nullable: true, description: '条款' }) article?: string | null;
}

/** 分配程序 [GX-6.2.1(1)]: a version of a city or county's own. What was submitted is never changed; a later version follows it. */
@ObjectType({ description: '住房保障资源分配程序' })
@Entity()
export class AllocationProcedure {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field(() => RegionCode, { description: '盟市或旗县市区' }) @Property({ type: 'text' }) regionCode!: string;
  @Field(() => Int, { description: '本区划的第几版' }) @Property({ type: 'integer' }) version!: number;
  /** Of the record: who was faster makes another's stale. */
  @Field(() => Int, { description: '办理时须与所见一致' }) @Property({ type: 'integer' }) edition!: number;
  @Field(() => AllocationProcedureState) @Property({ type: 'text' }) state!: AllocationProcedureState;
  @Field() @Property({ type: 'text' }) title!: string;
  @Field({ description: '全文' }) @Property({ type: 'text' }) text!: string;
  @Field(() => [LegalBasis], { description: '拟定依据' }) @Property({ type: 'json' }) legalBasis!: LegalBasis[];
  @Field(() => [AllocationStep], { description: '环节，先后为序' })
  @Property({ type: 'json' })
  steps!: AllocationStep[];
  @Field(() => Instant)
  @Property({ type: 'datetime', columnType: 'timestamptz' })
  draftedAt!: Date | string;
  @Field() @Property({ type: 'text' }) draftedBy!: string;
  @Field(() => LocalDate, { nullable: true, description: '报请批准之日' })
  @Property({ type: 'date', nullable: true })
  submittedOn!: string | null;
  @Field(() => String, { nullable: true }) @Property({ type: 'text', nullable: true }) submittedBy!: string | null;
  @Field(() => String, { nullable: true, description: '批准机关' })
  @Property({ type: 'text', nullable: true })
  approvingBody!: string | null;
  @Field(() => String, { nullable: true, description: '批准文号' })
  @Property({ type: 'text', nullable: true })
  documentNumber!: string | null;
  @Field(() => LocalDate, { nullable: true, description: '批准之日' })
  @Property({ type: 'date', nullable: true })
  approvedOn!: string | null;
  @Field(() => LocalDate, { nullable: true, description: '施行之日' })
  @Property({ type: 'date', nullable: true })
  validFrom!: string | null;
  /** The day before a later version; null so long as none is approved. */
  @Field(() => LocalDate, { nullable: true, description: '为后一版取代的，施行的最后一日' })
  validTo?: string | null;
  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime', columnType: 'timestamptz', nullable: true })
  approvalRecordedAt!: Date | string | null;
  @Field(() => String, { nullable: true })
  @Property({ type: 'text', nullable: true })
  approvalRecordedBy!: string | null;
}
