import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { declineInvitation } from '../../../src/commands/decline-invitation';
import { inviteFromQueue } from '../../../src/commands/invite-from-queue';
import { moveInQueue } from '../../../src/commands/move-in-queue';
import { registerForBatch } from '../../../src/commands/register-for-batch';
import { removeFromQueue } from '../../../src/commands/remove-from-queue';
import { restoreToQueue } from '../../../src/commands/restore-to-queue';
import { resumeInQueue } from '../../../src/commands/resume-in-queue';
import { suspendInQueue } from '../../../src/commands/suspend-in-queue';
import type { RequestContext } from '../../../src/context';
import type { OnEntry } from '../../../src/store/waiting/step';
import { WaitingException } from '../../../schema/waiting/waiting-exception';
import { WaitingListEntry } from '../../../schema/waiting/waiting-list-entry';
import { recordId } from '../../identifier';
import {
  DeclineInvitationInput,
  InviteFromQueueInput,
  MoveInQueueInput,
  OnWaitingByDecisionInput,
  OnWaitingInput,
  OnWaitingWithReasonInput,
} from './inputs';

/** With its id as a record's. */
const named = <Input extends OnEntry>(input: Input): Input => ({
  ...input,
  entryId: recordId(input.entryId, 'entryId'),
});

/** The verbs of the queue. */
@Resolver(() => WaitingListEntry)
export class WaitingVerbs {
  @Mutation(() => WaitingListEntry, { nullable: true, description: '通知参加批次' })
  inviteFromQueue(
    @Arg('input', () => InviteFromQueueInput) input: InviteFromQueueInput,
    @Ctx() ctx: RequestContext,
  ): Promise<WaitingListEntry> {
    return inviteFromQueue(ctx, named(input));
  }

  @Mutation(() => WaitingListEntry, { nullable: true, description: '登记参加批次' })
  registerForBatch(
    @Arg('input', () => OnWaitingInput) input: OnWaitingInput,
    @Ctx() ctx: RequestContext,
  ): Promise<WaitingListEntry> {
    return registerForBatch(ctx, named(input));
  }

  @Mutation(() => WaitingListEntry, { nullable: true, description: '放弃：达到规定次数的退出轮候' })
  declineInvitation(
    @Arg('input', () => DeclineInvitationInput) input: DeclineInvitationInput,
    @Ctx() ctx: RequestContext,
  ): Promise<WaitingListEntry> {
    return declineInvitation(ctx, named(input));
  }

  @Mutation(() => WaitingListEntry, { nullable: true, description: '中止轮候：复核未通过' })
  suspendInQueue(
    @Arg('input', () => OnWaitingWithReasonInput) input: OnWaitingWithReasonInput,
    @Ctx() ctx: RequestContext,
  ): Promise<WaitingListEntry> {
    return suspendInQueue(ctx, named(input));
  }

  @Mutation(() => WaitingListEntry, { nullable: true, description: '恢复轮候' })
  resumeInQueue(
    @Arg('input', () => OnWaitingWithReasonInput) input: OnWaitingWithReasonInput,
    @Ctx() ctx: RequestContext,
  ): Promise<WaitingListEntry> {
    return resumeInQueue(ctx, named(input));
  }

  @Mutation(() => WaitingListEntry, { nullable: true, description: '批次取消，恢复轮候：仍以批准之日为准' })
  restoreToQueue(
    @Arg('input', () => OnWaitingByDecisionInput) input: OnWaitingByDecisionInput,
    @Ctx() ctx: RequestContext,
  ): Promise<WaitingListEntry> {
    return restoreToQueue(ctx, named(input));
  }

  @Mutation(() => WaitingListEntry, { nullable: true, description: '凭决定退出轮候' })
  removeFromQueue(
    @Arg('input', () => OnWaitingByDecisionInput) input: OnWaitingByDecisionInput,
    @Ctx() ctx: RequestContext,
  ): Promise<WaitingListEntry> {
    return removeFromQueue(ctx, named(input));
  }

  @Mutation(() => WaitingException, { nullable: true, description: '凭决定调整次序：当夜起生效，上级可见' })
  moveInQueue(
    @Arg('input', () => MoveInQueueInput) input: MoveInQueueInput,
    @Ctx() ctx: RequestContext,
  ): Promise<WaitingException> {
    return moveInQueue(ctx, named(input));
  }
}
