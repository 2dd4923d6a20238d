import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { LocalDate, RegionCode } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** 审核流程 [IM-3.3]: by the kind of the county-level division at submission, and fixed from then on. */
export enum AdmissionFlow {
  COUNTY_FLOW = 'COUNTY_FLOW',
  DISTRICTED_FLOW = 'DISTRICTED_FLOW',
}
registerEnumType(AdmissionFlow, {
  name: 'AdmissionFlow',
  description: '审核流程：旗县（市）流程、设区城市流程',
});

/** domain.md §5.1; a review and a publicity are those of the application's `round`, 1 to 3. What may follow what: schema/admission/moves. */
export enum ApplicationState {
  DRAFT = 'DRAFT',
  SUBMITTED = 'SUBMITTED',
  IN_REVIEW = 'IN_REVIEW',
  PUBLICITY_PENDING = 'PUBLICITY_PENDING',
  PUBLICITY = 'PUBLICITY',
  PUBLICITY_ENDED = 'PUBLICITY_ENDED',
  CLEARED = 'CLEARED',
  APPROVED = 'APPROVED',
  REJECTED = 'REJECTED',
  APPEAL = 'APPEAL',
  WITHDRAWN = 'WITHDRAWN',
  REVOKED = 'REVOKED',
}
registerEnumType(ApplicationState, {
  name: 'ApplicationState',
  description:
    '申请状态：草拟、已提交、审核中、待公示、公示中、公示期满、三次公示无异议、已批准、不予批准、申诉中、已撤回、已撤销',
});

/** 住房保障申请: one way of a household through three reviews and three publicities. Its steps alone move it. */
@ObjectType({ description: '住房保障申请' })
@Entity()
export class Application {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field(() => RegionCode) @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) householdId!: string;
  @Field(() => ID, { description: '所在案件' }) @Property({ type: 'uuid' }) caseId!: string;
  /** The version in force when it began; null where the prefecture had none. */
  @Property({ type: 'uuid', nullable: true }) templateId!: string | null;
  @Field(() => AdmissionFlow) @Property({ type: 'text' }) flow!: AdmissionFlow;
  @Field(() => ApplicationState) @Property({ type: 'text' }) state!: ApplicationState;
  @Field(() => Int, { description: '第几次审核、公示，1 至 3' }) @Property({ type: 'integer' }) round!: number;
  @Field(() => Int, { description: '版本：办理时须与所见一致' }) @Property({ type: 'integer' }) version!: number;
  @Field(() => LocalDate, { nullable: true })
  @Property({ type: 'date', nullable: true })
  submittedOn!: string | null;
  @Field(() => String, { nullable: true, description: '受理回执编号' })
  @Property({ type: 'text', nullable: true })
  receipt!: string | null;
  @Field(() => LocalDate, { nullable: true, description: '本次审核应办结之日' })
  @Property({ type: 'date', nullable: true })
  reviewBy!: string | null;
}
