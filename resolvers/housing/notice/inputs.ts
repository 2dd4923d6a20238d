import { Field, ID, InputType, Int } from 'type-graphql';
import type { DeliverNoticeOnPaper } from '../../../src/commands/deliver-notice-on-paper';
import type { MarkNoticeRead } from '../../../src/commands/mark-notice-read';
import { LocalDate } from '../../../schema/scalars';

@InputType({ description: '登记阅知' })
export class MarkNoticeReadInput implements MarkNoticeRead {
  @Field(() => ID) noticeId!: string;
  @Field(() => Int, { description: '所见版本；已被他人办理的须重新读取' }) version!: number;
  @Field(() => String, { nullable: true, description: '送达回证编号；本人登记的不填' })
  documentNumber?: string | null;
}

@InputType({ description: '书面送达' })
export class DeliverNoticeOnPaperInput implements DeliverNoticeOnPaper {
  @Field(() => ID) noticeId!: string;
  @Field(() => Int, { description: '所见版本；已被他人办理的须重新读取' }) version!: number;
  @Field({ description: '送达回证编号' }) documentNumber!: string;
  @Field(() => LocalDate, { nullable: true, description: '送达之日；不填的为今日' }) deliveredOn?: string | null;
}
