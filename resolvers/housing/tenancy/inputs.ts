import { Field, ID, InputType, Int } from 'type-graphql';
import type { DrawContract } from '../../../src/commands/draw-contract';
import type { OfferDwelling } from '../../../src/commands/offer-dwelling';
import type { PublishContractTemplate } from '../../../src/commands/publish-contract-template';
import type { RemitRent } from '../../../src/commands/remit-rent';
import type { RenewContract } from '../../../src/commands/renew-contract';
import type { TerminateContract } from '../../../src/commands/terminate-contract';
import type { VoidAllotment } from '../../../src/commands/void-allotment';
import type { Receipt } from '../../../src/store/tenancy/enter';
import type { OnAllotment, OnContract, OnOccupancy } from '../../../src/store/tenancy/step';
import { Fen, LocalDate } from '../../../schema/scalars';
import { ContractParty } from '../../../schema/tenancy/contract';
import { ClauseGroup, ContractKind, type ContractClause } from '../../../schema/tenancy/contract-template';

const SEEN = '所见版本；已被他人办理的须重新读取';

@InputType({ description: '配租配售通知' })
export class OfferDwellingInput implements OfferDwelling {
  @Field(() => ID, { description: '轮候登记' }) entryId!: string;
  @Field(() => ID, { description: '房源' }) dwellingId!: string;
  @Field({ description: '理由' }) reason!: string;
  @Field({ description: '决定文号' }) documentNumber!: string;
}

@InputType({ description: '办理哪一项配租配售' })
export class OnAllotmentInput implements OnAllotment {
  @Field(() => ID) allotmentId!: string;
  @Field(() => Int, { description: SEEN }) version!: number;
}

@InputType({ description: '放弃配租配售' })
export class DeclineDwellingInput extends OnAllotmentInput {
  @Field({ description: '理由' }) reason!: string;
}

@InputType({ description: '配租配售作废' })
export class VoidAllotmentInput extends DeclineDwellingInput implements VoidAllotment {
  @Field({ description: '决定文号' }) documentNumber!: string;
}

@InputType({ description: '合同条款' })
export class ContractClauseInput implements ContractClause {
  @Field({ description: '编号：数字、小写字母、点与连字符' }) id!: string;
  @Field(() => ClauseGroup) group!: ClauseGroup;
  @Field() text!: string;
}

@InputType({ description: '发布合同范本' })
export class PublishContractTemplateInput implements PublishContractTemplate {
  @Field({ description: '盟市' }) region!: string;
  @Field(() => ContractKind) kind!: ContractKind;
  @Field() title!: string;
  @Field({ description: '文号' }) documentNumber!: string;
  @Field(() => LocalDate, { description: '自何日起' }) validFrom!: string;
  @Field(() => [ContractClauseInput]) clauses!: ContractClauseInput[];
}

@InputType({ description: '草拟合同' })
export class DrawContractInput implements DrawContract {
  @Field(() => ID) allotmentId!: string;
  @Field(() => ContractParty) partyKind!: ContractParty;
  @Field({ description: '对方当事人名称，与房源登记一致' }) party!: string;
  @Field(() => LocalDate) startsOn!: string;
  @Field(() => LocalDate, { nullable: true, description: '租赁合同的末日' }) endsOn?: string | null;
  @Field(() => Fen, { nullable: true, description: '配售价款' }) priceFen?: number | null;
}

@InputType({ description: '办理哪一份合同' })
export class OnContractInput implements OnContract {
  @Field(() => ID) contractId!: string;
  @Field(() => Int, { description: SEEN }) version!: number;
}

@InputType({ description: '续签' })
export class RenewContractInput extends OnContractInput implements RenewContract {
  @Field(() => ContractParty) partyKind!: ContractParty;
  @Field({ description: '对方当事人名称，与房源登记一致' }) party!: string;
  @Field(() => LocalDate) endsOn!: string;
}

@InputType({ description: '签订、备案、补差购买' })
export class OnContractWithDocumentInput extends OnContractInput {
  @Field({ description: '合同编号、备案回执号' }) documentNumber!: string;
}

@InputType({ description: '撤回草拟' })
export class WithdrawContractInput extends OnContractInput {
  @Field({ description: '理由' }) reason!: string;
}

@InputType({ description: '终止合同' })
export class TerminateContractInput extends OnContractWithDocumentInput implements TerminateContract {
  @Field({ description: '所签范本中的退出条款编号' }) clauseId!: string;
  @Field({ description: '理由' }) reason!: string;
}

@InputType({ description: '办理哪一处入住' })
export class OnOccupancyInput implements OnOccupancy {
  @Field(() => ID) occupancyId!: string;
  @Field(() => Int, { description: SEEN }) version!: number;
}

@InputType({ description: '收款、退款' })
export class ReceiptInput implements Receipt {
  @Field(() => ID) contractId!: string;
  @Field(() => Fen) amountFen!: number;
  @Field(() => LocalDate, { description: '收退之日，不晚于今日' }) receivedOn!: string;
  @Field({ description: '票据号，每张一次' }) documentNumber!: string;
}

@InputType({ description: '租金上缴财政' })
export class RemitRentInput implements RemitRent {
  @Field({ description: '区划' }) region!: string;
  @Field(() => LocalDate, { description: '所属月份中的任一日' }) month!: string;
  @Field(() => Fen) amountFen!: number;
  @Field({ description: '缴款书号' }) documentNumber!: string;
}
