import { Field, ID, InputType, Int } from 'type-graphql';
import type { Objector } from '../../../src/access/objector';
import type { AskToOpenObjector } from '../../../src/commands/ask-to-open-objector';
import type { AnswerObjection } from '../../../src/commands/answer-objection';
import type { AppealRefusal } from '../../../src/commands/appeal-refusal';
import type { DecideAppeal } from '../../../src/commands/decide-appeal';
import type { FileObjection } from '../../../src/commands/file-objection';
import type { GiveOpinion } from '../../../src/commands/give-opinion';
import type { PassReview } from '../../../src/commands/pass-review';
import type { PostPublicity } from '../../../src/commands/post-publicity';
import type { RejectApplication } from '../../../src/commands/reject-application';
import type { ReturnApplication } from '../../../src/commands/return-application';
import type { RevokeApproval } from '../../../src/commands/revoke-approval';
import type { SendBackApplication } from '../../../src/commands/send-back-application';
import type { WithdrawApplication } from '../../../src/commands/withdraw-application';
import type { VerifyDocument } from '../../../src/commands/verify-document';
import type { WithdrawDocument } from '../../../src/commands/withdraw-document';
import type { OnApplication } from '../../../src/store/admission/step';
import { JointAgency } from '../../../schema/admission/application-step';
import { ObjectionState } from '../../../schema/admission/objection';
import { Opinion } from '../../../schema/review/review-step';
import { DocumentCheck } from '../../../schema/admission/document';

@InputType({ description: '办理哪一份申请：编号与所见版本' })
export class OnApplicationInput implements OnApplication {
  @Field(() => ID) applicationId!: string;
  @Field(() => Int, { description: '所见版本；已被他人办理的须重新读取' }) version!: number;
}

@InputType({ description: '一次性告知补正' })
export class ReturnApplicationInput extends OnApplicationInput implements ReturnApplication {
  @Field(() => [String], { description: '须补正的全部事项' }) items!: string[];
}

@InputType({ description: '登记会同审核意见' })
export class GiveOpinionInput extends OnApplicationInput implements GiveOpinion {
  @Field(() => JointAgency) agency!: JointAgency;
  @Field(() => Opinion) opinion!: Opinion;
  @Field({ description: '意见文号' }) documentNumber!: string;
  @Field(() => String, { nullable: true }) note?: string | null;
}

@InputType({ description: '审核通过' })
export class PassReviewInput extends OnApplicationInput implements PassReview {
  @Field({ description: '书面审核意见' }) opinion!: string;
  @Field(() => String, { nullable: true, description: '所依据核对报告的校验值；区级复审与终审必填' })
  report?: string | null;
}

@InputType({ description: '审核不通过' })
export class RejectApplicationInput extends OnApplicationInput implements RejectApplication {
  @Field({ description: '书面理由' }) reasons!: string;
}

@InputType({ description: '张贴公示' })
export class PostPublicityInput extends OnApplicationInput implements PostPublicity {
  @Field({ description: '公示地点' }) place!: string;
  @Field(() => String, { nullable: true, description: '公示网址，其内容须与公示页逐字节一致' }) url?: string | null;
  @Field(() => Boolean, { nullable: true, description: '在本平台公示页张贴；与公示网址只填一项' }) onHubPage?:
    | boolean
    | null;
}

@InputType({ description: '异议成立，退回审核' })
export class SendBackApplicationInput extends OnApplicationInput implements SendBackApplication {
  @Field({ description: '理由' }) reason!: string;
}

@InputType({ description: '撤回申请' })
export class WithdrawApplicationInput extends OnApplicationInput implements WithdrawApplication {
  @Field({ description: '申请人撤回的理由' }) reason!: string;
}

@InputType({ description: '对不予批准的申诉' })
export class AppealRefusalInput extends OnApplicationInput implements AppealRefusal {
  @Field({ description: '申诉理由' }) grounds!: string;
}

@InputType({ description: '申诉决定' })
export class DecideAppealInput extends OnApplicationInput implements DecideAppeal {
  @Field(() => Boolean, { description: '申诉是否成立；成立的重新审核' }) upheld!: boolean;
  @Field({ description: '书面理由' }) reasons!: string;
}

@InputType({ description: '撤销批准' })
export class RevokeApprovalInput extends OnApplicationInput implements RevokeApproval {
  @Field({ description: '书面理由' }) reasons!: string;
  @Field({ description: '处理决定文号' }) documentNumber!: string;
}

@InputType({ description: '异议人' })
export class ObjectorInput implements Objector {
  @Field({ description: '姓名' }) name!: string;
  @Field({ description: '联系方式' }) contact!: string;
}

@InputType({ description: '登记公示异议' })
export class FileObjectionInput implements FileObjection {
  @Field(() => ID) publicityId!: string;
  @Field({ description: '异议内容，不写异议人' }) statement!: string;
  @Field(() => ObjectorInput, { nullable: true, description: '异议人，立即封存；不愿具名的不填' })
  objector?: ObjectorInput | null;
}

@InputType({ description: '申请启封异议人身份' })
export class AskToOpenObjectorInput implements AskToOpenObjector {
  @Field(() => ID) objectionId!: string;
  @Field({ description: '批准启封的文号' }) documentNumber!: string;
}

@InputType({ description: '核实答复异议' })
export class AnswerObjectionInput implements AnswerObjection {
  @Field(() => ID) objectionId!: string;
  @Field(() => ObjectionState, { description: '成立、不成立或异议人撤回' }) found!: ObjectionState;
  @Field({ description: '核实情况与答复' }) answer!: string;
}

@InputType({ description: '撤回材料' })
export class WithdrawDocumentInput implements WithdrawDocument {
  @Field(() => ID) documentId!: string;
  @Field({ description: '撤回的理由' }) reason!: string;
}

@InputType({ description: '核验材料' })
export class VerifyDocumentInput implements VerifyDocument {
  @Field(() => ID) documentId!: string;
  @Field({ description: '出具单位' }) issuedBy!: string;
  @Field(() => DocumentCheck) result!: DocumentCheck;
  @Field({ description: '据以核验的来源：出具单位或登记机关' }) checkedAgainst!: string;
}
