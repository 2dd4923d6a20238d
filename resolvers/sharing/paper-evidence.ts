import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { addEvidence } from '../../src/commands/add-evidence';
import { confirmEvidence } from '../../src/commands/confirm-evidence';
import { rejectEvidence } from '../../src/commands/reject-evidence';
import { withdrawEvidence } from '../../src/commands/withdraw-evidence';
import type { RequestContext } from '../../src/context';
import { PaperEvidence } from '../../schema/sharing/paper-evidence';
import { HouseholdOfSharing } from '../../schema/sharing/stubs';
import { recordId } from '../identifier';
import { AddEvidenceInput } from './inputs';
import { papersOf } from './paper-evidence-rows';
import { TASK_READERS } from './permissions';

/** 人工证据: brought by one officer, settled by another, read in the household's file. */
@Resolver(() => HouseholdOfSharing)
export class PaperEvidenceResolver {
  @Mutation(() => PaperEvidence, { nullable: true, description: '提交人工证据：另一人确认前不作数' })
  addEvidence(
    @Arg('input', () => AddEvidenceInput) input: AddEvidenceInput,
    @Ctx() ctx: RequestContext,
  ): Promise<PaperEvidence> {
    const member = input.member ? recordId(input.member, 'member') : null;
    return addEvidence(ctx, { ...input, caseId: recordId(input.caseId, 'caseId'), member });
  }

  @Mutation(() => PaperEvidence, { nullable: true, description: '确认人工证据：须为提交人以外的人' })
  confirmEvidence(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext): Promise<PaperEvidence> {
    return confirmEvidence(ctx, { id: recordId(id) });
  }

  @Mutation(() => PaperEvidence, { nullable: true, description: '不予采信人工证据：须为提交人以外的人，写明理由' })
  rejectEvidence(
    @Arg('id', () => ID) id: string,
    @Arg('reason', () => String) reason: string,
    @Ctx() ctx: RequestContext,
  ): Promise<PaperEvidence> {
    return rejectEvidence(ctx, { id: recordId(id), reason });
  }

  @Mutation(() => PaperEvidence, { nullable: true, description: '撤回人工证据，写明理由' })
  withdrawEvidence(
    @Arg('id', () => ID) id: string,
    @Arg('reason', () => String) reason: string,
    @Ctx() ctx: RequestContext,
  ): Promise<PaperEvidence> {
    return withdrawEvidence(ctx, { id: recordId(id), reason });
  }

  @FieldResolver(() => [PaperEvidence], { nullable: true, description: '人工证据，先后为序；无权查看的角色为空' })
  async paperEvidence(
    @Root() { id }: Pick<HouseholdOfSharing, 'id'>,
    @Ctx() ctx: RequestContext,
  ): Promise<PaperEvidence[] | null> {
    return TASK_READERS.includes(ctx.viewer.role) ? papersOf(ctx, id) : null;
  }
}
