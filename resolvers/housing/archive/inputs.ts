import { Field, ID, InputType, Int } from 'type-graphql';
import type { CorrectArchiveEntry } from '../../../src/commands/correct-archive-entry';
import type { DrawSpotCheck } from '../../../src/commands/draw-spot-check';
import type { FileArchiveEntry } from '../../../src/commands/file-archive-entry';
import type { ProposeArchiveDisposal } from '../../../src/commands/propose-archive-disposal';
import type { RecordSpotCheck } from '../../../src/commands/record-spot-check';
import { ArchiveSection } from '../../../schema/archive/sections';
import { SpotFound } from '../../../schema/archive/spot-check';
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

@InputType({ description: '抽取档案' })
export class DrawSpotCheckInput implements DrawSpotCheck {
  @Field({ description: '区划（含下级）' }) region!: string;
  @Field(() => Int) year!: number;
  @Field(() => Int, { description: '份数' }) size!: number;
  @Field({ description: '事先公布的种子' }) seed!: string;
}

@InputType({ description: '抽查结果' })
export class RecordSpotCheckInput implements RecordSpotCheck {
  @Field(() => ID) checkId!: string;
  @Field(() => Int, { description: '抽取顺序' }) place!: number;
  @Field(() => SpotFound) found!: SpotFound;
  @Field(() => String, { nullable: true, description: '缺陷：有缺陷的须写明' }) defects?: string | null;
}

@InputType({ description: '提请销毁档案内容' })
export class ProposeArchiveDisposalInput implements ProposeArchiveDisposal {
  @Field(() => ID, { description: '档案' }) fileId!: string;
  @Field({ description: '决定文号' }) documentNumber!: string;
}
