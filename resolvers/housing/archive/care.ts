import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { carriedOutBy, clause } from '../../../src/clauses';
import { confirmArchiveDisposal } from '../../../src/commands/confirm-archive-disposal';
import { drawSpotCheck } from '../../../src/commands/draw-spot-check';
import { proposeArchiveDisposal } from '../../../src/commands/propose-archive-disposal';
import { recordSpotCheck } from '../../../src/commands/record-spot-check';
import type { RequestContext } from '../../../src/context';
import { ArchiveDisposal } from '../../../schema/archive/archive-disposal';
import { ArchiveFinding, ArchiveFindingKind } from '../../../schema/archive/archive-finding';
import { SpotCheck, SpotCheckFile, SpotRate } from '../../../schema/archive/spot-check';
import { connectionType, PageSize, type Connection } from '../../../schema/page';
import { recordId } from '../../identifier';
import { knownRegion } from '../../known-region';
import { DrawSpotCheckInput, ProposeArchiveDisposalInput, RecordSpotCheckInput } from './inputs';
import { pageOfFindings } from './finding-rows';
import { filesOfCheck, pageOfSpotChecks, ratesOfCheck } from './spot-rows';

const ArchiveFindingConnection = connectionType(ArchiveFinding, 'ArchiveFinding');
const SpotCheckConnection = connectionType(SpotCheck, 'SpotCheck');

const missingTold = carriedOutBy('MEASURE', clause('GX-9.2.1(6)'));
const lateTold = carriedOutBy('DEADLINE', clause('IM-4.4'));

/** 档案检查、抽查、销毁. */
@Resolver(() => SpotCheck)
export class ArchiveCareResolver {
  @Query(() => ArchiveFindingConnection, {
    description: '某区划（含下级）内在保家庭、在住房屋的档案所缺，及逾期未归档的材料',
  })
  archiveFindings(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('finding', () => ArchiveFindingKind, { nullable: true }) finding?: ArchiveFindingKind,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<ArchiveFinding>> {
    missingTold();
    lateTold();
    return pageOfFindings(ctx, knownRegion(ctx, region), finding ?? null, { first, after });
  }

  @Query(() => SpotCheckConnection, { description: '某区划（含下级）的档案抽查' })
  spotChecks(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('year', () => Int, { nullable: true }) year?: number,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<SpotCheck>> {
    return pageOfSpotChecks(ctx, knownRegion(ctx, region), year ?? null, { first, after });
  }

  @FieldResolver(() => [SpotCheckFile], { nullable: true, description: '抽中的档案，抽取顺序为序' })
  files(@Root() { id }: Pick<SpotCheck, 'id'>, @Ctx() ctx: RequestContext): Promise<SpotCheckFile[]> {
    return filesOfCheck(ctx, id);
  }

  @FieldResolver(() => [SpotRate], { description: '各旗县市区已查档案的合格率' })
  rates(@Root() { id }: Pick<SpotCheck, 'id'>, @Ctx() ctx: RequestContext): Promise<SpotRate[]> {
    return ratesOfCheck(ctx, id);
  }

  @Mutation(() => SpotCheck, { nullable: true, description: '按公布的种子抽取档案' })
  drawSpotCheck(
    @Arg('input', () => DrawSpotCheckInput) input: DrawSpotCheckInput,
    @Ctx() ctx: RequestContext,
  ): Promise<SpotCheck> {
    return drawSpotCheck(ctx, { ...input, region: knownRegion(ctx, input.region) });
  }

  @Mutation(() => SpotCheckFile, { nullable: true, description: '登记一份档案的抽查结果' })
  recordSpotCheck(
    @Arg('input', () => RecordSpotCheckInput) input: RecordSpotCheckInput,
    @Ctx() ctx: RequestContext,
  ): Promise<SpotCheckFile> {
    return recordSpotCheck(ctx, { ...input, checkId: recordId(input.checkId, 'checkId') });
  }

  @Mutation(() => ArchiveDisposal, { nullable: true, description: '提请销毁档案内容' })
  proposeArchiveDisposal(
    @Arg('input', () => ProposeArchiveDisposalInput) input: ProposeArchiveDisposalInput,
    @Ctx() ctx: RequestContext,
  ): Promise<ArchiveDisposal> {
    return proposeArchiveDisposal(ctx, { ...input, fileId: recordId(input.fileId, 'fileId') });
  }

  @Mutation(() => ArchiveDisposal, { nullable: true, description: '确认销毁档案内容：须由另一人确认' })
  confirmArchiveDisposal(
    @Arg('disposalId', () => ID) disposalId: string,
    @Ctx() ctx: RequestContext,
  ): Promise<ArchiveDisposal> {
    return confirmArchiveDisposal(ctx, recordId(disposalId, 'disposalId'));
  }
}
