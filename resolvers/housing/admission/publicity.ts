import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { answerObjection } from '../../../src/commands/answer-objection';
import { clearPublicity } from '../../../src/commands/clear-publicity';
import { fileObjection } from '../../../src/commands/file-objection';
import { postPublicity } from '../../../src/commands/post-publicity';
import { sendBackApplication } from '../../../src/commands/send-back-application';
import type { RequestContext } from '../../../src/context';
import { Application } from '../../../schema/admission/application';
import { Objection } from '../../../schema/admission/objection';
import { Publicity } from '../../../schema/admission/publicity';
import { recordId } from '../../identifier';
import { named } from './application';
import { objectionsTo } from './application-rows';
import {
  AnswerObjectionInput,
  FileObjectionInput,
  OnApplicationInput,
  PostPublicityInput,
  SendBackApplicationInput,
} from './inputs';

/** 公示与异议. */
@Resolver(() => Publicity)
export class PublicityResolver {
  @FieldResolver(() => [Objection], { nullable: true, description: '异议，先后为序' })
  objections(@Root() { id }: Pick<Publicity, 'id'>, @Ctx() ctx: RequestContext): Promise<Objection[]> {
    return objectionsTo(ctx, id);
  }

  @Mutation(() => Application, { nullable: true, description: '张贴公示：次日起算，期满自动截止' })
  postPublicity(
    @Arg('input', () => PostPublicityInput) input: PostPublicityInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Application> {
    return postPublicity(ctx, named(input));
  }

  @Mutation(() => Application, { nullable: true, description: '公示期满无异议，报送下一环节' })
  clearPublicity(
    @Arg('input', () => OnApplicationInput) input: OnApplicationInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Application> {
    return clearPublicity(ctx, named(input));
  }

  @Mutation(() => Application, { nullable: true, description: '异议成立，退回本次审核' })
  sendBackApplication(
    @Arg('input', () => SendBackApplicationInput) input: SendBackApplicationInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Application> {
    return sendBackApplication(ctx, named(input));
  }

  @Mutation(() => Objection, { nullable: true, description: '登记公示异议' })
  fileObjection(
    @Arg('input', () => FileObjectionInput) input: FileObjectionInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Objection> {
    return fileObjection(ctx, { ...input, publicityId: recordId(input.publicityId, 'publicityId') });
  }

  @Mutation(() => Objection, { nullable: true, description: '核实并答复异议' })
  answerObjection(
    @Arg('input', () => AnswerObjectionInput) input: AnswerObjectionInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Objection> {
    return answerObjection(ctx, { ...input, objectionId: recordId(input.objectionId, 'objectionId') });
  }
}
