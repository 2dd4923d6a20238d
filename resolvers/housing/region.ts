import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../src/context';
import { HubError } from '../../src/errors';
import type { RegionRow } from '../../src/store/regions';
import { Region } from '../../schema/housing/region';
import { knownRegion } from '../known-region';

/** 行政区划: public knowledge, the same for everyone. */
@Resolver(() => Region)
export class RegionResolver {
  @Query(() => Region, { nullable: true, description: '一个行政区划' })
  region(@Arg('code', () => String) code: string, @Ctx() { hub }: RequestContext): RegionRow {
    const region = hub.regions.find(code);
    if (!region) throw new HubError('UNKNOWN_REGION', 'code');
    return region;
  }

  @Query(() => [Region], { description: '下级行政区划，按代码排序' })
  regions(@Arg('parent', () => String) parent: string, @Ctx() { hub }: RequestContext): readonly RegionRow[] {
    return hub.regions.childrenOf(knownRegion({ hub }, parent, 'parent'));
  }
}
