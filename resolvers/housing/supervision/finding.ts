import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../../src/context';
import { connectionType, PageSize, type Connection } from '../../../schema/page';
import { SupervisionFinding } from '../../../schema/supervision/supervision-finding';
import { knownRegion } from '../../known-region';
import { pageOfSupervision } from './finding-rows';

const SupervisionFindingConnection = connectionType(SupervisionFinding, 'SupervisionFinding');

/** 监管检查: what supervision has to be told of, every check in one list. */
@Resolver()
export class SupervisionResolver {
  @Query(() => SupervisionFindingConnection, { description: '某区划（含下级）内监管检查的发现，限本人辖区' })
  supervisionFindings(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<SupervisionFinding>> {
    return pageOfSupervision(ctx, knownRegion(ctx, region), { first, after });
  }
}
