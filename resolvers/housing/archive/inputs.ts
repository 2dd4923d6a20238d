import { Field, ID, InputType } from 'type-graphql';
import type { CorrectArchiveEntry } from '../../../src/commands/correct-archive-entry';
import type { FileArchiveEntry } from '../../../src/commands/file-archive-entry';
import { ArchiveSection } from '../../../schema/archive/sections';
import { LocalDate } from '../../../schema/scalars';

@InputType({ description: '归入材料：户与套须且只须给出一项' })
export class FileArchiveEntryInput implements FileArchiveEntry {
  @Field(() => ID, { nullable: true }) householdId?: string | null;
  @Field(() => ID, { nullable: true }) dwellingId?: string | null;
  @Field(() => ArchiveSection) section!: ArchiveSection;
  @Field({ description: '题名' }) title!: string;
  @Field(() => String, { nullable: true, description: '纸质存放位置' }) place?: string | null;
  @Field(() => ID, { nullable: true, description: '所附电子材料（该户已提交的申请材料）' }) documentId?: string | null;
  @Field(() => LocalDate, { description: '有效起日' }) validFrom!: string;
  @Field(() => LocalDate, { nullable: true, description: '有效止日；空为至今' }) validTo?: string | null;
}

@InputType({ description: '更正：给出更正后的全部内容' })
export class CorrectArchiveEntryInput implements CorrectArchiveEntry {
  @Field(() => ID, { description: '所更正的条目' }) entryId!: string;
  @Field({ description: '题名' }) title!: string;
  @Field(() => String, { nullable: true, description: '纸质存放位置' }) place?: string | null;
  @Field(() => LocalDate, { description: '有效起日' }) validFrom!: string;
  @Field(() => LocalDate, { nullable: true, description: '有效止日；空为至今' }) validTo?: string | null;
  @Field({ description: '更正理由' }) reason!: string;
}
