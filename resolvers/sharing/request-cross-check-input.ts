import { Field, ID, InputType } from 'type-graphql';
import type { RequestCrossCheck } from '../../src/commands/request-cross-check';
import { LocalDate } from '../../schema/scalars';

@InputType({ description: '申请核对' })
export class RequestCrossCheckInput implements RequestCrossCheck {
  @Field({ description: '业务键，1 至 100 个可见字符：同键同请求得到同一核对' }) clientKey!: string;
  @Field({ description: "查询目的代码，如 'ADMISSION_REVIEW'" }) purpose!: string;
  @Field(() => [ID], { description: '1 至 10000 户，不得重复' }) households!: string[];
  @Field(() => LocalDate, { nullable: true, description: '核对基准日，不晚于今日；默认今日' }) asOf?: string;
}
