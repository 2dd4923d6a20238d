import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { withdrawDocument } from '../../../src/commands/withdraw-document';
import { verifyDocument } from '../../../src/commands/verify-document';
import type { RequestContext } from '../../../src/context';
import { Application } from '../../../schema/admission/application';
import { ApplicationDocument } from '../../../schema/admission/document';
import { recordId } from '../../identifier';
import { documentsOf } from './document-rows';
import { VerifyDocumentInput, WithdrawDocumentInput } from './inputs';

/** 申请材料: what is known of each; the files themselves come and go by /files. */
@Resolver(() => Application)
export class DocumentResolver {
  @FieldResolver(() => [ApplicationDocument], { nullable: true, description: '申请材料，先后为序；文件见 /files' })
  documents(@Root() { id }: Pick<Application, 'id'>, @Ctx() ctx: RequestContext): Promise<ApplicationDocument[]> {
    return documentsOf(ctx, id);
  }

  @Mutation(() => ApplicationDocument, { nullable: true, description: '撤回材料：受理之前；记录与文件均保留' })
  withdrawDocument(
    @Arg('input', () => WithdrawDocumentInput) input: WithdrawDocumentInput,
    @Ctx() ctx: RequestContext,
  ): Promise<ApplicationDocument> {
    return withdrawDocument(ctx, { ...input, documentId: recordId(input.documentId, 'documentId') });
  }

  @Mutation(() => ApplicationDocument, { nullable: true, description: '核验材料：登记出具单位、据以核验的来源及结果' })
  verifyDocument(
    @Arg('input', () => VerifyDocumentInput) input: VerifyDocumentInput,
    @Ctx() ctx: RequestContext,
  ): Promise<ApplicationDocument> {
    return verifyDocument(ctx, { ...input, documentId: recordId(input.documentId, 'documentId') });
  }
}
