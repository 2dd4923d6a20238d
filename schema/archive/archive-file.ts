import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Instant, LocalDate, RegionCode } from '../scalars';
import { ArchiveKind, ArchivePhase, ArchiveSection } from './sections';
import { Entity, PrimaryKey, Property } from '../mapping';

/** 一户一档、一套一档 [IM-4.1]: a file, opened by its first entry. */
@ObjectType({ description: '住房保障档案：按所定时点（有效之日、所知之时）查看' })
@Entity()
export class ArchiveFile {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field(() => RegionCode) @Property({ type: 'text' }) regionCode!: string;
  @Field(() => ArchiveKind) @Property({ type: 'text' }) kind!: ArchiveKind;
  @Field(() => ID, { nullable: true, description: '户' })
  @Property({ type: 'uuid', nullable: true })
  householdId!: string | null;
  @Field(() => ID, { nullable: true, description: '套' })
  @Property({ type: 'uuid', nullable: true })
  dwellingId!: string | null;
  @Field(() => Instant, { description: '建档时间' })
  @Property({ type: 'datetime', columnType: 'timestamptz' })
  openedAt!: Date;
  /** As of which day it is shown, and as it was known when; no columns. */
  @Field(() => LocalDate, { description: '所示为此日有效的内容' }) validOn!: string;
  @Field(() => Instant, { description: '所示为此时已知的内容' }) knownAt!: Date;
}

/** One section of a file: is anything there, and must it be? */
@ObjectType({ description: '档案部分及其有无' })
export class SectionState {
  @Field(() => ArchiveSection) section!: ArchiveSection;
  @Field(() => Int, { description: '有效条目数' }) entries!: number;
  @Field(() => Boolean, { description: '现环节是否必备' }) required!: boolean;
  @Field(() => Boolean, { description: '必备而没有' }) missing!: boolean;
}

/** One phase of the checklist. */
@ObjectType({ description: '环节清单' })
export class PhaseState {
  @Field(() => ArchivePhase) phase!: ArchivePhase;
  @Field(() => Boolean, { description: '是否已到此环节' }) reached!: boolean;
  @Field(() => [ArchiveSection], { description: '此环节所缺的部分' }) missing!: readonly ArchiveSection[];
}

/** n of m. */
@ObjectType({ description: '完整度：必备部分中已有的' })
export class Completeness {
  @Field(() => Int) present!: number;
  @Field(() => Int) required!: number;
  @Field(() => [SectionState]) sections!: readonly SectionState[];
  @Field(() => [PhaseState]) phases!: readonly PhaseState[];
}

/** A file that speaks of the same record: of the dwelling of a household, of the household in a dwelling. */
@ObjectType({ description: '相互引用的档案' })
export class RelatedFile {
  @Field(() => ID) id!: string;
  @Field(() => ArchiveKind) kind!: ArchiveKind;
  @Field(() => ID, { nullable: true, description: '户' }) householdId!: string | null;
  @Field(() => ID, { nullable: true, description: '套' }) dwellingId!: string | null;
}
