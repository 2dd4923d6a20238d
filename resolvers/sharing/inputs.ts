import { Field, ID, InputType } from 'type-graphql';
import type { AddEvidence } from '../../src/commands/add-evidence';
import type { ContestFact } from '../../src/commands/contest-fact';
import type { DraftLetter } from '../../src/commands/draft-letter';
import type { RegisterLetter } from '../../src/commands/register-letter';
import type { SignLetter } from '../../src/commands/sign-letter';
import type { SignedMember } from '../../src/store/letters/signatures';
import { Signature } from '../../schema/sharing/letter-member';
import { PaperKind } from '../../schema/sharing/paper-evidence';
import { LocalDate } from '../../schema/scalars';

@InputType({ description: '一名成员的签名' })
export class SignedMemberInput implements SignedMember {
  @Field(() => ID) personId!: string;
  @Field(() => Signature) signature!: Signature;
  @Field(() => ID, { nullable: true, description: '监护人；本人签名时不填' }) signedBy?: string | null;
}

@InputType({ description: '签署授权书' })
export class SignLetterInput extends SignedMemberInput implements SignLetter {
  @Field(() => ID) letterId!: string;
  @Field(() => LocalDate, { nullable: true, description: '签名之日，不晚于今日；默认今日' }) signedOn?: string | null;
}

@InputType({ description: '拟定授权书' })
export class DraftLetterInput implements DraftLetter {
  @Field(() => ID) caseId!: string;
  @Field({ description: '查询目的代码' }) purpose!: string;
  @Field(() => [String]) sources!: string[];
  @Field({ description: '将出示告知书的版本' }) noticeVersion!: string;
  @Field(() => LocalDate) validUntil!: string;
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

@InputType({ description: '人工证据' })
export class AddEvidenceInput implements AddEvidence {
  @Field(() => ID) caseId!: string;
  @Field({ description: '待核实或矛盾的规则编号' }) rule!: string;
  @Field(() => ID, { nullable: true, description: '文件所涉成员；不填为整户' }) member?: string | null;
  @Field(() => PaperKind) documentKind!: PaperKind;
  @Field({ description: '文号' }) documentNumber!: string;
  @Field({ description: '出具单位' }) issuedBy!: string;
  @Field(() => LocalDate, { description: '有效至（含当日），不早于今日' }) validUntil!: string;
  @Field({ description: '说明' }) note!: string;
}

@InputType({ description: '存疑' })
export class ContestFactInput implements ContestFact {
  @Field(() => ID) caseId!: string;
  @Field({ description: '规则编号' }) rule!: string;
  @Field({ description: '作出记录的来源；本部门档案为 housing' }) source!: string;
  @Field(() => ID, { description: '所涉成员' }) member!: string;
  @Field({ description: '主张的事实，不写姓名' }) claimed!: string;
  @Field({ description: '理由' }) reason!: string;
  @Field(() => LocalDate, { nullable: true, description: '向来源提出更正之日，不晚于今日；缺省为今日' })
  filedOn?: string | null;
}
