import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { LocalDate, RegionCode } from '../scalars';
import { ArchiveStage } from './archive-entry';
import { ArchiveKind, ArchiveSection } from './sections';

export enum ArchiveFindingKind {
  NO_FILE = 'NO_FILE',
  SECTION_MISSING = 'SECTION_MISSING',
  STAGE_LATE = 'STAGE_LATE',
}
registerEnumType(ArchiveFindingKind, {
  name: 'ArchiveFindingKind',
  description: '档案检查发现：没有建档、缺必备部分、逾期未归档',
});

/** 档案检查发现 [GX-9.2.1(6)] [IM-4.4]: as things stand today; it goes when what is lacking is there. */
@ObjectType({ description: '档案检查发现，以今日为准' })
export class ArchiveFinding {
  @Field(() => ArchiveFindingKind) finding!: ArchiveFindingKind;
  @Field(() => ArchiveKind) kind!: ArchiveKind;
  @Field(() => RegionCode) regionCode!: string;
  @Field(() => ID, { description: '户或套' }) subjectId!: string;
  @Field(() => ArchiveSection, { nullable: true }) section!: ArchiveSection | null;
  @Field(() => ID, { nullable: true, description: '逾期的条目' }) entryId!: string | null;
  @Field(() => ArchiveStage, { nullable: true, description: '停在哪个阶段' }) stage!: ArchiveStage | null;
  @Field(() => String, { nullable: true, description: '该阶段责任人' }) person!: string | null;
  @Field(() => LocalDate, { nullable: true, description: '应归档之日' }) dueOn!: string | null;
}
