import { Arg, Ctx, FieldResolver, ID, Info, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { reviewIdentityMatch } from '../../src/commands/review-identity-match';
import type { RequestContext } from '../../src/context';
import { connectionType, PageSize, type Connection } from '../../schema/page';
import { IdentityMatch, MatchTier, MatchVerdict } from '../../schema/housing/identity-match';
import { Person } from '../../schema/housing/person';
import type { Match } from '../../src/matching/match';
import { knownRegion } from '../known-region';
import { recordId } from '../identifier';
import { wantsOnlyId } from '../look';
import { selectedFields } from '../selection';
import { pageOfMatches } from './identity-match-rows';
import { loadPerson, type PersonRow } from './person-rows';

const IdentityMatchConnection = connectionType(IdentityMatch, 'IdentityMatch');

/** 疑似同一人: who they are, why, and the verb that settles it. */
@Resolver(() => IdentityMatch)
export class IdentityMatchResolver {
  @Query(() => IdentityMatchConnection, {
    description: '某区划（含下级）内疑似为同一人的登记；仅限双方均在本人辖区内者；最相似者在前',
  })
  identityMatches(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('tier', () => MatchTier, { nullable: true }) tier?: MatchTier | null,
    @Arg('household', () => ID, { nullable: true, description: '只看涉及该家庭档案成员的' }) household?: string | null,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<IdentityMatch>> {
    const of = household ? recordId(household, 'household') : null;
    return pageOfMatches(
      ctx,
      { region: knownRegion(ctx, region), tier: tier ?? null, household: of },
      { first, after },
    );
  }

  @FieldResolver(() => [Person], { description: '双方' })
  persons(
    @Root() { personId, otherId }: Pick<IdentityMatch, 'personId' | 'otherId'>,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<(PersonRow | { id: string })[]> {
    const selected = selectedFields(info);
    const both = [personId, otherId];
    if (wantsOnlyId(selected)) return Promise.resolve(both.map((id) => ({ id })));
    return Promise.all(both.map(async (id) => (await loadPerson(ctx, id, selected))!));
  }

  @FieldResolver(() => [String], { description: '逐项说明得分，不含具体内容' })
  async explanation(@Root() match: Pick<IdentityMatch, 'levels' | 'score' | 'tier'>): Promise<string[]> {
    const { explain } = await import('../../src/matching/match.js');
    return explain(match as unknown as Match);
  }

  @Mutation(() => IdentityMatch, { nullable: true, description: '核实疑似同一人；不合并任何登记' })
  reviewIdentityMatch(
    @Arg('id', () => ID) id: string,
    @Arg('verdict', () => MatchVerdict) verdict: MatchVerdict,
    @Arg('reason', () => String) reason: string,
    @Ctx() ctx: RequestContext,
  ): Promise<IdentityMatch> {
    return reviewIdentityMatch(ctx, { id: recordId(id), verdict, reason });
  }
}
