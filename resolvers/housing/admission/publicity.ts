import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { answerObjection } from '../../../src/commands/answer-objection';
import { askToOpenObjector } from '../../../src/commands/ask-to-open-objector';
import { openObjector } from '../../../src/commands/open-objector';
import { tellObjector } from '../../../src/commands/tell-objector';
import { clearPublicity } from '../../../src/commands/clear-publicity';
import { fileObjection } from '../../../src/commands/file-objection';
import { postPublicity } from '../../../src/commands/post-publicity';
import { sendBackApplication } from '../../../src/commands/send-back-application';
import type { RequestContext } from '../../../src/context';
import { Application } from '../../../schema/admission/application';
import { Objection } from '../../../schema/admission/objection';
import { ObjectorOpening, OpenedObjector } from '../../../schema/admission/objector-opening';
import { Publicity } from '../../../schema/admission/publicity';
import { recordId } from '../../identifier';
import { named } from './application';
import { objectionsTo, openingsOf } from './application-rows';
import {
  AnswerObjectionInput,
  AskToOpenObjectorInput,
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

  @Mutation(() => ObjectorOpening, { nullable: true, description: '申请启封异议人身份，由另一人启封' })
  askToOpenObjector(
    @Arg('input', () => AskToOpenObjectorInput) input: AskToOpenObjectorInput,
    @Ctx() ctx: RequestContext,
  ): Promise<ObjectorOpening> {
    return askToOpenObjector(ctx, { ...input, objectionId: recordId(input.objectionId, 'objectionId') });
  }

  @Mutation(() => OpenedObjector, { nullable: true, description: '启封异议人身份，仅显示一次；须告知其本人' })
  openObjector(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext): Promise<OpenedObjector> {
    return openObjector(ctx, { id: recordId(id) });
  }

  @Mutation(() => ObjectorOpening, { nullable: true, description: '已告知异议人其身份被启封' })
  tellObjector(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext): Promise<ObjectorOpening> {
    return tellObjector(ctx, { id: recordId(id) });
  }

  @Mutation(() => Objection, { nullable: true, description: '核实并答复异议' })
  answerObjection(
    @Arg('input', () => AnswerObjectionInput) input: AnswerObjectionInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Objection> {
    return answerObjection(ctx, { ...input, objectionId: recordId(input.objectionId, 'objectionId') });
  }
}

/** 异议人身份的启封. */
@Resolver(() => Objection)
export class ObjectionResolver {
  @FieldResolver(() => [ObjectorOpening], { nullable: true, description: '异议人身份的启封记录，先后为序' })
  objectorOpenings(@Root() { id }: Pick<Objection, 'id'>, @Ctx() ctx: RequestContext): Promise<ObjectorOpening[]> {
    return openingsOf(ctx, id);
  }
}
