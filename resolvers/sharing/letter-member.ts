import { FieldResolver, Resolver, Root } from 'type-graphql';
import { LetterMember } from '../../schema/sharing/letter-member';
import { PersonOfSharing } from '../../schema/sharing/stubs';

/** 授权成员: who it is and who signed. */
@Resolver(() => LetterMember)
export class LetterMemberResolver {
  @FieldResolver(() => PersonOfSharing)
  person(@Root() { personId }: Pick<LetterMember, 'personId'>): PersonOfSharing {
    return { id: personId };
  }

  @FieldResolver(() => PersonOfSharing, { nullable: true, description: '签名人：本人或监护人；未签为空' })
  signedBy(@Root() { signedBy }: Pick<LetterMember, 'signedBy'>): PersonOfSharing | null {
    return signedBy ? { id: signedBy } : null;
  }
}
