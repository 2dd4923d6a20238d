import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../src/context';
import { draftLetter } from '../../src/commands/draft-letter';
import { endLetter } from '../../src/commands/end-letter';
import { mintPurposeToken } from '../../src/commands/mint-purpose-token';
import { registerLetter } from '../../src/commands/register-letter';
import { signLetter } from '../../src/commands/sign-letter';
import { HubError } from '../../src/errors';
import { Letter, LetterEnd } from '../../schema/sharing/letter';
import { LetterMember } from '../../schema/sharing/letter-member';
import { Purpose } from '../../schema/sharing/purpose';
import { HouseholdOfSharing } from '../../schema/sharing/stubs';
import { recordId } from '../identifier';
import { DraftLetterInput, RegisterLetterInput, SignLetterInput } from './inputs';
import { letterMembersOf, lettersOf, loadLetter } from './letter-rows';
import { loadPurpose } from './purpose-rows';

/** 授权书: one, what it names, and the verbs that make, end and use it. */
@Resolver(() => Letter)
export class LetterResolver {
  @Query(() => Letter, { nullable: true, description: '辖区内的授权书' })
  async letter(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext): Promise<Letter> {
    const letter = await loadLetter(ctx, recordId(id));
    if (!letter) throw new HubError('NOT_FOUND', 'id');
    return letter;
  }

  @FieldResolver(() => Purpose, { nullable: true })
  purpose(@Root() { purposeCode }: Pick<Letter, 'purposeCode'>, @Ctx() ctx: RequestContext): Promise<Purpose | null> {
    return loadPurpose(ctx, purposeCode);
  }

  @FieldResolver(() => HouseholdOfSharing)
  household(@Root() { householdId }: Pick<Letter, 'householdId'>): HouseholdOfSharing {
    return { id: householdId };
  }

  @FieldResolver(() => [LetterMember])
  members(@Root() { id }: Pick<Letter, 'id'>, @Ctx() ctx: RequestContext): Promise<LetterMember[]> {
    return letterMembersOf(ctx, id);
  }

  @Mutation(() => Letter, { nullable: true, description: '拟定授权书：列明全体成员，全部签名后生效' })
  draftLetter(
    @Arg('input', () => DraftLetterInput) input: DraftLetterInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Letter> {
    return draftLetter(ctx, { ...input, caseId: recordId(input.caseId, 'caseId') });
  }

  @Mutation(() => Letter, { nullable: true, description: '签署授权书：成年成员本人签名，未成年人由监护人签名' })
  signLetter(@Arg('input', () => SignLetterInput) input: SignLetterInput, @Ctx() ctx: RequestContext): Promise<Letter> {
    return signLetter(ctx, {
      ...input,
      letterId: recordId(input.letterId, 'letterId'),
      personId: recordId(input.personId, 'personId'),
      signedBy: input.signedBy && recordId(input.signedBy, 'signedBy'),
    });
  }

  @Mutation(() => Letter, { nullable: true, description: '登记授权书' })
  registerLetter(
    @Arg('input', () => RegisterLetterInput) input: RegisterLetterInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Letter> {
    const members = input.members.map((member, at) => ({
      signature: member.signature,
      personId: recordId(member.personId, `members.${at}.personId`),
      signedBy: member.signedBy && recordId(member.signedBy, `members.${at}.signedBy`),
    }));
    return registerLetter(ctx, { ...input, members, caseId: recordId(input.caseId, 'caseId') });
  }

  @Mutation(() => Letter, { nullable: true, description: '终止授权书' })
  endLetter(
    @Arg('letterId', () => ID) letterId: string,
    @Arg('reason', () => LetterEnd) reason: LetterEnd,
    @Ctx() ctx: RequestContext,
  ): Promise<Letter> {
    return endLetter(ctx, { letterId: recordId(letterId, 'letterId'), reason });
  }

  @Mutation(() => String, { nullable: true, description: '领取 x-purpose 令牌：随案件或授权书失效，仅限本人使用' })
  mintPurposeToken(
    @Arg('caseId', () => ID) caseId: string,
    @Arg('letterId', () => ID) letterId: string,
    @Ctx() ctx: RequestContext,
  ): Promise<string> {
    return mintPurposeToken(ctx, { caseId: recordId(caseId, 'caseId'), letterId: recordId(letterId, 'letterId') });
  }
}

/** Letters in a household's file. */
@Resolver(() => HouseholdOfSharing)
export class LettersOfHousehold {
  @FieldResolver(() => [Letter], { description: '授权书，先后为序' })
  letters(@Root() { id }: Pick<HouseholdOfSharing, 'id'>, @Ctx() ctx: RequestContext): Promise<Letter[]> {
    return lettersOf(ctx, id);
  }
}
