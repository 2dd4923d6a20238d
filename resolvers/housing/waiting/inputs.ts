import { Field, ID, InputType, Int } from 'type-graphql';
import type { DeclineInvitation } from '../../../src/commands/decline-invitation';
import type { InviteFromQueue } from '../../../src/commands/invite-from-queue';
import type { MoveInQueue } from '../../../src/commands/move-in-queue';
import type { RemoveFromQueue } from '../../../src/commands/remove-from-queue';
import type { RestoreToQueue } from '../../../src/commands/restore-to-queue';
import type { ResumeInQueue } from '../../../src/commands/resume-in-queue';
import type { SuspendInQueue } from '../../../src/commands/suspend-in-queue';
import type { OnEntry } from '../../../src/store/waiting/step';
import { LocalDate } from '../../../schema/scalars';

@InputType({ description: '办理哪一份轮候登记：编号与所见版本' })
export class OnWaitingInput implements OnEntry {
  @Field(() => ID) entryId!: string;
  @Field(() => Int, { description: '所见版本；已被他人办理的须重新读取' }) version!: number;
}

@InputType({ description: '通知参加批次' })
export class InviteFromQueueInput extends OnWaitingInput implements InviteFromQueue {
  @Field({ description: '批次' }) batch!: string;
}

@InputType({ description: '放弃' })
export class DeclineInvitationInput extends OnWaitingInput implements DeclineInvitation {
  @Field({ description: '理由' }) reason!: string;
  @Field(() => LocalDate, { nullable: true, description: '暂缓至；不填的继续轮候' }) deferUntil?: string | null;
}

@InputType({ description: '中止、恢复轮候' })
export class OnWaitingWithReasonInput extends OnWaitingInput implements SuspendInQueue, ResumeInQueue {
  @Field({ description: '理由' }) reason!: string;
}

@InputType({ description: '凭决定恢复轮候、退出轮候' })
export class OnWaitingByDecisionInput extends OnWaitingWithReasonInput implements RestoreToQueue, RemoveFromQueue {
  @Field({ description: '决定文号' }) documentNumber!: string;
}

@InputType({ description: '凭决定调整次序' })
export class MoveInQueueInput extends OnWaitingByDecisionInput implements MoveInQueue {
  @Field(() => Int, { description: '调整后的次序' }) toRank!: number;
}
