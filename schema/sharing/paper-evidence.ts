import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Classified, withheld } from '../../src/access/classification';
import { Instant, LocalDate } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** Whose paper it is. What a household says of itself is none. */
export enum PaperKind {
  CERTIFICATE = 'CERTIFICATE',
  EXTRACT = 'EXTRACT',
  DETERMINATION = 'DETERMINATION',
  RULING = 'RULING',
  VISIT = 'VISIT',
}
registerEnumType(PaperKind, {
  name: 'PaperKind',
  description: '证据种类：部门出具的证明、登记簿摘录、认定书、裁判文书、入户调查记录',
});

/** The same in a sentence. */
export const PAPER_TITLES: Readonly<Record<PaperKind, string>> = {
  [PaperKind.CERTIFICATE]: '证明',
  [PaperKind.EXTRACT]: '登记簿摘录',
  [PaperKind.DETERMINATION]: '认定书',
  [PaperKind.RULING]: '裁判文书',
  [PaperKind.VISIT]: '入户调查记录',
};

/** It counts while CONFIRMED and until its last day. What may follow what: schema/transitions. */
export enum PaperState {
  PROPOSED = 'PROPOSED',
  CONFIRMED = 'CONFIRMED',
  REJECTED = 'REJECTED',
  WITHDRAWN = 'WITHDRAWN',
  EXPIRED = 'EXPIRED',
}
registerEnumType(PaperState, {
  name: 'PaperState',
  description: '人工证据状态：待复核、已确认、未采信、已撤回、已到期',
});

/** 人工证据: a document by which officers hold a finding for passed that no source could settle; it is never an answer. */
@ObjectType({ description: '人工证据：经办人提交、另一人确认，不是来源的应答' })
@Entity()
export class PaperEvidence {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) householdId!: string;
  @Field(() => ID) @Property({ type: 'uuid' }) caseId!: string;
  @Field({ description: '规则编号' }) @Property({ type: 'text' }) rule!: string;
  @Field(() => ID, { nullable: true, description: '所涉成员；空为整户' })
  @Property({ type: 'uuid', fieldName: 'person_id', nullable: true })
  member!: string | null;
  /** For whom it speaks: the member, or all who were members when it was brought. Nobody who comes later. */
  @Property(({ ArrayType }) => ({ type: ArrayType, columnType: 'uuid[]' })) persons!: string[];
  /** Whom it speaks of: the member, else the applicant; the column is the case's. */
  @Field(() => ID, { description: '所涉成员；整户的为申请人' }) personId?: string;
  @Field(() => PaperKind) @Property({ type: 'text' }) documentKind!: PaperKind;
  @Field(() => String, { nullable: true, description: '文号' })
  @Property({ type: 'text' })
  @Classified('personal', withheld)
  documentNumber!: string;
  @Field({ description: '出具单位' }) @Property({ type: 'text' }) issuedBy!: string;
  @Field(() => String, { nullable: true, description: '说明' })
  @Property({ type: 'text' })
  @Classified('personal', withheld)
  note!: string;
  @Field(() => LocalDate, { description: '有效至（含当日）' }) @Property({ type: 'date' }) validUntil!: string;
  @Field(() => PaperState) @Property({ type: 'text' }) state!: PaperState;
  @Field(() => Instant) @Property({ type: 'datetime', columnType: 'timestamptz' }) addedAt!: Date;
  @Field(() => String, { description: '提交人' }) @Property({ type: 'text' }) addedBy!: string;
  @Field(() => String) @Property({ type: 'text' }) addedRole!: string;
  @Field(() => String) @Property({ type: 'text' }) addedOffice!: string;
  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime', columnType: 'timestamptz', nullable: true })
  settledAt!: Date | null;
  @Field(() => String, { nullable: true, description: '确认或不予采信的另一人' })
  @Property({ type: 'text', nullable: true })
  settledBy!: string | null;
  @Field(() => String, { nullable: true }) @Property({ type: 'text', nullable: true }) settledRole!: string | null;
  @Field(() => String, { nullable: true }) @Property({ type: 'text', nullable: true }) settledOffice!: string | null;
  @Field(() => Instant, { nullable: true, description: '撤回或到期的时间' })
  @Property({ type: 'datetime', columnType: 'timestamptz', nullable: true })
  endedAt!: Date | null;
  @Field(() => String, { nullable: true, description: '撤回人；空为到期' })
  @Property({ type: 'text', nullable: true })
  endedBy!: string | null;
  @Field(() => String, { nullable: true, description: '不予采信或撤回的理由' })
  @Property({ type: 'text', nullable: true })
  @Classified('personal', withheld)
  reason!: string | null;
}
