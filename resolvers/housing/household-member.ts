import { Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { RequestContext } from '../../src/context';
import { HouseholdMember } from '../../schema/housing/household-member';
import { Person } from '../../schema/housing/person';
import { wantsOnlyId } from '../look';
import { selectedFields } from '../selection';
import { loadPerson, type PersonRow } from './person-rows';

/** 家庭成员: who it is. */
@Resolver(() => HouseholdMember)
export class HouseholdMemberResolver {
  @FieldResolver(() => Person)
  async person(
    @Root() { personId }: Pick<HouseholdMember, 'personId'>,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<PersonRow | { id: string } | null> {
    const selected = selectedFields(info);
    return wantsOnlyId(selected) ? { id: personId } : loadPerson(ctx, personId, selected);
  }
}
