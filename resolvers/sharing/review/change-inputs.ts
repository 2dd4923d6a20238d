import { Field, ID, InputType } from 'type-graphql';
import type { CloseChange } from '../../../src/commands/close-change';
import type { NotifyOfChange } from '../../../src/commands/notify-of-change';
import type { ReplyToChange } from '../../../src/commands/reply-to-change';
import { ChangeOutcome } from '../../../schema/review/change';
import { LocalDate } from '../../../schema/scalars';

@InputType({ description: '告知变动' })
export class NotifyOfChangeInput implements NotifyOfChange {
  @Field(() => ID) changeId!: string;
  @Field(() => LocalDate, { description: '告知之日，不晚于今日' }) notifiedOn!: string;
}

@InputType({ description: '登记对变动的答复' })
export class ReplyToChangeInput implements ReplyToChange {
  @Field(() => ID) changeId!: string;
  @Field(() => LocalDate, { description: '答复之日，不晚于今日' }) repliedOn!: string;
  @Field({ description: '当事人的说明' }) reply!: string;
}

@InputType({ description: '办结变动提示' })
export class CloseChangeInput implements CloseChange {
  @Field(() => ID) changeId!: string;
  @Field(() => ChangeOutcome) outcome!: ChangeOutcome;
  @Field({ description: '办结说明' }) note!: string;
  @Field(() => ID, { nullable: true, description: '已复核的必填：同一案件在发现之后完成的年审核对' })
  crossCheckId?: string | null;
}
