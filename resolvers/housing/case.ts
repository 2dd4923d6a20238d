import { Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { RequestContext } from '../../src/context';
import { Case } from '../../schema/housing/case';
import { Person } from '../../schema/housing/person';
import { wantsOnlyId } from '../look';
import { selectedFields } from '../selection';
import { loadPerson, type PersonRow } from './person-rows';

/** 案件: who applies. */
@Resolver(() => Case)
export class CaseResolver {
  @FieldResolver(() => Person)
  async applicant(
    @Root() { applicantId }: Case,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<PersonRow | { id: string } | null> {
    const selected = selectedFields(info);
    return wantsOnlyId(selected) ? { id: applicantId } : loadPerson(ctx, applicantId, selected);
  }
}
