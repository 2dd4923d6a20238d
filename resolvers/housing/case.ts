import { Arg, Ctx, FieldResolver, ID, Info, Mutation, Resolver, Root } from 'type-graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { aboutPerson } from '../../src/access/subject';
import { closeCase } from '../../src/commands/close-case';
import { openCase } from '../../src/commands/open-case';
import type { RequestContext } from '../../src/context';
import { Case, CaseEnd } from '../../schema/housing/case';
import { Person } from '../../schema/housing/person';
import { recordId } from '../identifier';
import { wantsOnlyId } from '../look';
import { selectedFields } from '../selection';
import { readCase } from './file-rows';
import { OpenCaseInput } from './inputs';
import { loadPerson, type PersonRow } from './person-rows';

/** 案件: who applies, and the verbs that open and close it. */
@Resolver(() => Case)
export class CaseResolver {
  @FieldResolver(() => Person)
  async applicant(
    @Root() { applicantId }: Pick<Case, 'applicantId'>,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<PersonRow | { id: string } | null> {
    const selected = selectedFields(info);
    return wantsOnlyId(selected) ? { id: applicantId } : loadPerson(ctx, applicantId, selected);
  }

  @Mutation(() => Case, { nullable: true, description: '立案' })
  async openCase(@Arg('input', () => OpenCaseInput) input: OpenCaseInput, @Ctx() ctx: RequestContext): Promise<Case> {
    const [householdId, applicantId] = [
      recordId(input.householdId, 'householdId'),
      recordId(input.applicantId, 'applicantId'),
    ];
    return aboutPerson(await openCase(ctx, { ...input, householdId, applicantId }), applicantId);
  }

  @Mutation(() => Case, { nullable: true, description: '结案；其授权书随之终止' })
  async closeCase(
    @Arg('caseId', () => ID) caseId: string,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('as', () => CaseEnd, { nullable: true, description: '默认办结' }) as?: CaseEnd | null,
  ): Promise<Case> {
    const { id } = await closeCase(ctx, { caseId: recordId(caseId, 'caseId'), as });
    return readCase(ctx, id, selectedFields(info));
  }
}
