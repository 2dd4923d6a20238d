import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../src/context';
import { HubError } from '../../src/errors';
import { isCode } from '../../schema/scalars';
import { Parameter } from '../../schema/sharing/parameter';
import { Purpose } from '../../schema/sharing/purpose';
import { knownRegion } from '../known-region';
import { readParameters, readPurposes } from './purpose-rows';

/** 查询目的 and 政策参数: under which law, and against which numbers. Public knowledge. */
@Resolver(() => Purpose)
export class PurposeResolver {
  @Query(() => [Purpose], { description: '已登记的查询目的' })
  purposes(@Ctx() ctx: RequestContext): Promise<Purpose[]> {
    return readPurposes(ctx);
  }

  @Query(() => [Parameter], { description: '在某区划适用的政策参数，含上级；最近者优先' })
  async parameters(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('code', () => String, { nullable: true }) code?: string | null,
  ): Promise<Parameter[]> {
    knownRegion(ctx, region);
    const wanted = code ?? null;
    if (wanted !== null && !isCode(wanted)) throw new HubError('INVALID_INPUT', 'code');
    return readParameters(ctx, region, wanted);
  }
}
