import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Classified, withheld } from '../../src/access/classification';
import { Instant, LocalDate, RegionCode } from '../scalars';
import { ArchiveSection } from './sections';
import { Entity, PrimaryKey, Property } from '../mapping';

export enum ArchiveForm {
  FACT = 'FACT',
  PAPER = 'PAPER',
  ELECTRONIC = 'ELECTRONIC',
}
registerEnumType(ArchiveForm, { name: 'ArchiveForm', description: '形式：办理事实（自动归档）、纸质材料、电子材料' });

/** 收集、整理、归档 [IM-4.4]. What may follow what: `archive_move`. */
export enum ArchiveStage {
  COLLECTED = 'COLLECTED',
  ARRANGED = 'ARRANGED',
  FILED = 'FILED',
}
registerEnumType(ArchiveStage, { name: 'ArchiveStage', description: '阶段：已收集、已整理、已归档' });

/** What a material is, in words: kept sealed, and erased with its key. */
@ObjectType({ description: '材料的内容' })
export class ArchiveMaterial {
  /** Whom it speaks of: of a household its applicant. */
  @Field(() => ID, { nullable: true, description: '所涉申请人' }) personId!: string | null;
  @Field(() => String, { nullable: true, description: '题名' }) @Classified('personal', withheld) title!: string;
  @Field(() => String, { nullable: true, description: '纸质存放位置' })
  @Classified('personal', withheld)
  place!: string | null;
  @Field(() => String, { nullable: true, description: '更正理由' })
  @Classified('personal', withheld)
  reason!: string | null;
}

/** 档案条目: never changed; a correction is an entry of its own. What it says lies sealed beside it, and can be erased: the hash stays. */
@ObjectType({ description: '档案条目：只增不改' })
@Entity()
export class ArchiveEntry {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field(() => RegionCode) @Property({ type: 'text' }) regionCode!: string;
  @Field(() => ID, { description: '所属档案' }) @Property({ type: 'uuid' }) fileId!: string;
  @Property({ type: 'uuid', nullable: true }) householdId!: string | null;
  @Property({ type: 'uuid', nullable: true }) dwellingId!: string | null;
  @Field(() => Int, { description: '档内顺序号' }) @Property({ type: 'integer' }) seq!: number;
  @Field(() => ArchiveSection) @Property({ type: 'text' }) section!: ArchiveSection;
  @Field(() => ArchiveForm) @Property({ type: 'text' }) form!: ArchiveForm;
  @Field({ description: '所据记录的种类' }) @Property({ type: 'text' }) subjectKind!: string;
  @Field(() => ID, { description: '所据记录' }) @Property({ type: 'uuid' }) subjectId!: string;
  @Field(() => String, { nullable: true, description: '办理事实：步骤或状态' })
  @Property({ type: 'text', nullable: true })
  fact!: string | null;
  @Field(() => LocalDate, { description: '有效起日' }) @Property({ type: 'date' }) validFrom!: string;
  @Field(() => LocalDate, { nullable: true, description: '有效止日；空为至今' })
  @Property({ type: 'date', nullable: true })
  validTo!: string | null;
  @Field(() => Instant, { description: '所知之时' })
  @Property({ type: 'datetime', columnType: 'timestamptz' })
  recordedAt!: Date;
  @Field(() => ID, { nullable: true, description: '所更正的条目' })
  @Property({ type: 'uuid', nullable: true })
  corrects!: string | null;
  @Field({ description: '责任人' }) @Property({ type: 'text' }) filedBy!: string;
  @Field() @Property({ type: 'text' }) role!: string;
  @Field() @Property({ type: 'text' }) office!: string;
  @Field(() => LocalDate, { description: '收集之日' }) @Property({ type: 'date' }) onDay!: string;
  @Field({ description: '内容的 SHA-256 校验值' }) @Property({ type: 'text' }) bodyHash!: string;
  @Property({ type: 'text' }) prevHash!: string;
  @Field({ description: '条目在链上的校验值' }) @Property({ type: 'text' }) hash!: string;
  /** Sealed in the body; no column. */
  @Field(() => ArchiveMaterial, { nullable: true, description: '材料的内容；办理事实、已销毁的为空' })
  material?: ArchiveMaterial | null;
  @Field(() => ArchiveStage) stage!: ArchiveStage;
  @Field(() => LocalDate, { nullable: true, description: '内容销毁之日；条目与校验值保留' }) erasedOn?: string | null;
}
