import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { CompleteExit } from '../../../src/commands/complete-exit';
import type { GrantRelocation } from '../../../src/commands/grant-relocation';
import type { HearExit } from '../../../src/commands/hear-exit';
import type { OrderExit } from '../../../src/commands/order-exit';
import type { SueForExit } from '../../../src/commands/sue-for-exit';
import type { OnExit } from '../../../src/store/tenancy/step';
import { ExitOutcome, ExitState } from '../../../schema/review/exit-case';
import { Fen, LocalDate } from '../../../schema/scalars';

/** 退出案 as an act upon it leaves it; whose it is and why, the list of exit cases tells. */
@ObjectType({ description: '退出案办理后的状态' })
export class ExitStanding {
  @Field(() => ID) id!: string;
  @Field(() => ExitState) state!: ExitState;
  @Field(() => LocalDate, { description: '腾退或搬迁期限' }) vacateBy!: string;
  @Field(() => Int, { description: '版本：办理时须与所见一致' }) version!: number;
}

@InputType({ description: '办理哪一件退出案' })
export class OnExitInput implements OnExit {
  @Field(() => ID) exitId!: string;
  @Field(() => Int, { description: '所见版本；已被他人办理的须重新读取' }) version!: number;
}

@InputType({ description: '听取意见' })
export class HearExitInput extends OnExitInput implements HearExit {
  @Field({ description: '记录' }) record!: string;
}

@InputType({ description: '责令退出' })
export class OrderExitInput extends OnExitInput implements OrderExit {
  @Field({ description: '文号' }) documentNumber!: string;
  @Field({ description: '所签范本中的退出条款编号；没有合同的为文件依据' }) clauseId!: string;
  @Field(() => LocalDate, { description: '腾退期限' }) leaveBy!: string;
}

@InputType({ description: '给予搬迁期' })
export class GrantRelocationInput extends OnExitInput implements GrantRelocation {
  @Field(() => LocalDate, { description: '搬迁期的末日' }) until!: string;
}

@InputType({ description: '起诉' })
export class SueForExitInput extends OnExitInput implements SueForExit {
  @Field({ description: '案号' }) documentNumber!: string;
}

@InputType({ description: '退出办结' })
export class CompleteExitInput extends OnExitInput implements CompleteExit {
  @Field(() => ExitOutcome) outcome!: ExitOutcome;
  @Field(() => Fen, { nullable: true, description: '回购价款；收回的不填' }) priceFen?: number | null;
}
