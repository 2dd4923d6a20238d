import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { askRenewal } from '../../../src/commands/ask-renewal';
import { completePurchase } from '../../../src/commands/complete-purchase';
import { drawContract } from '../../../src/commands/draw-contract';
import { fileContract } from '../../../src/commands/file-contract';
import { publishContractTemplate } from '../../../src/commands/publish-contract-template';
import { renewContract } from '../../../src/commands/renew-contract';
import { signContract } from '../../../src/commands/sign-contract';
import { terminateContract } from '../../../src/commands/terminate-contract';
import { withdrawContract } from '../../../src/commands/withdraw-contract';
import type { RequestContext } from '../../../src/context';
import { Contract } from '../../../schema/tenancy/contract';
import { ContractTemplate } from '../../../schema/tenancy/contract-template';
import { recordId } from '../../identifier';
import { knownRegion } from '../../known-region';
import {
  DrawContractInput,
  OnContractInput,
  OnContractWithDocumentInput,
  PublishContractTemplateInput,
  RenewContractInput,
  TerminateContractInput,
  WithdrawContractInput,
} from './inputs';

/** With its id as a record's. */
const named = <Input extends { readonly contractId: string }>(input: Input): Input => ({
  ...input,
  contractId: recordId(input.contractId, 'contractId'),
});

/** The verbs of 合同. */
@Resolver(() => Contract)
export class ContractVerbs {
  @Mutation(() => ContractTemplate, { nullable: true, description: '盟市发布合同范本的新版本' })
  publishContractTemplate(
    @Arg('input', () => PublishContractTemplateInput) input: PublishContractTemplateInput,
    @Ctx() ctx: RequestContext,
  ): Promise<ContractTemplate> {
    return publishContractTemplate(ctx, { ...input, region: knownRegion(ctx, input.region) });
  }

  @Mutation(() => Contract, { nullable: true, description: '草拟合同：用盟市在用的范本' })
  drawContract(
    @Arg('input', () => DrawContractInput) input: DrawContractInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Contract> {
    return drawContract(ctx, { ...input, allotmentId: recordId(input.allotmentId, 'allotmentId') });
  }

  @Mutation(() => Contract, { nullable: true, description: '签订合同' })
  signContract(
    @Arg('input', () => OnContractWithDocumentInput) input: OnContractWithDocumentInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Contract> {
    return signContract(ctx, named(input));
  }

  @Mutation(() => Contract, { nullable: true, description: '撤回草拟的合同' })
  withdrawContract(
    @Arg('input', () => WithdrawContractInput) input: WithdrawContractInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Contract> {
    return withdrawContract(ctx, named(input));
  }

  @Mutation(() => Contract, { nullable: true, description: '合同备案' })
  fileContract(
    @Arg('input', () => OnContractWithDocumentInput) input: OnContractWithDocumentInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Contract> {
    return fileContract(ctx, named(input));
  }

  @Mutation(() => Contract, { nullable: true, description: '终止合同：须依据所签范本的退出条款' })
  terminateContract(
    @Arg('input', () => TerminateContractInput) input: TerminateContractInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Contract> {
    return terminateContract(ctx, named(input));
  }

  @Mutation(() => Contract, { nullable: true, description: '申请续租' })
  askRenewal(
    @Arg('input', () => OnContractInput) input: OnContractInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Contract> {
    return askRenewal(ctx, named(input));
  }

  @Mutation(() => Contract, { nullable: true, description: '续签：须有申请之后结论为符合的核对报告' })
  renewContract(
    @Arg('input', () => RenewContractInput) input: RenewContractInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Contract> {
    return renewContract(ctx, named(input));
  }

  @Mutation(() => Contract, { nullable: true, description: '补充差价购买：须有决定且差价收讫' })
  completePurchase(
    @Arg('input', () => OnContractWithDocumentInput) input: OnContractWithDocumentInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Contract> {
    return completePurchase(ctx, named(input));
  }
}
