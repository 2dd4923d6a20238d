import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { carriedOutBy, clause } from '../../../src/clauses';
import type { RequestContext } from '../../../src/context';
import { connectionType, PageSize, type Connection } from '../../../schema/page';
import {
  DetectionFinding,
  DetectionKind,
  DetectionState,
  RegionRectification,
} from '../../../schema/review/detection-finding';
import { HouseholdOfSharing } from '../../../schema/sharing/stubs';
import { knownRegion } from '../../known-region';
import { pageOfDetections, rectificationsOf } from './detection-rows';

const DetectionFindingConnection = connectionType(DetectionFinding, 'DetectionFinding');

/** 全部予以清退: counted until the last is out. */
const PROGRESS = carriedOutBy('MEASURE', clause('IM-6(3)-e'));
/** 各地区的实施办法: which region has none. */
const CATALOGUES = carriedOutBy('DATA', clause('IM-6(2)-3'));

/** 清理检查: what nights found of securities that are held, and how far each county has put it right. */
@Resolver(() => DetectionFinding)
export class DetectionResolver {
  @Query(() => DetectionFindingConnection, { description: '某区划（含下级）内的清理事项，限本人辖区；先发现者在前' })
  detectionFindings(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('kind', () => DetectionKind, { nullable: true }) kind?: DetectionKind,
    @Arg('state', () => DetectionState, { nullable: true }) state?: DetectionState,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<DetectionFinding>> {
    const filter = { region: knownRegion(ctx, region), kind: kind ?? null, state: state ?? null };
    return pageOfDetections(ctx, filter, { first, after });
  }

  @Query(() => [RegionRectification], {
    description: '某区划（含下级）内各旗县（市、区）的清退进展，及今日有效的高档消费品标准',
  })
  rectifications(
    @Arg('region', () => String) region: string,
    @Ctx() ctx: RequestContext,
  ): Promise<RegionRectification[]> {
    PROGRESS();
    CATALOGUES();
    return rectificationsOf(ctx, knownRegion(ctx, region));
  }

  @FieldResolver(() => HouseholdOfSharing)
  household(@Root() { householdId }: Pick<DetectionFinding, 'householdId'>): HouseholdOfSharing {
    return { id: householdId };
  }
}
