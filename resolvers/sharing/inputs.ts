import { Field, ID, InputType } from 'type-graphql';
import type { RegisterLetter, SignedMember } from '../../src/commands/register-letter';
import { Signature } from '../../schema/sharing/letter-member';
import { LocalDate } from '../../schema/scalars';

@InputType({ description: '一名成员的签名' })
export class SignedMemberInput implements SignedMember {
  @Field(() => ID) personId!: string;
  @Field(() => Signature) signature!: Signature;
  @Field(() => ID, { nullable: true, description: '监护人；本人签名时不填' }) signedBy?: string | null;
}

@InputType({ description: '授权书' })
export class RegisterLetterInput implements RegisterLetter {
  @Field(() => ID) caseId!: string;
  @Field({ description: '查询目的代码' }) purpose!: string;
  @Field(() => [String]) sources!: string[];
  @Field({ description: '所出示告知书的版本' }) noticeVersion!: string;
  @Field(() => LocalDate) signedOn!: string;
  @Field(() => LocalDate) validUntil!: string;
  @Field(() => [SignedMemberInput]) members!: SignedMemberInput[];
}
