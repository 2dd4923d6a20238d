import { Field, ID, InputType } from 'type-graphql';
import type { CloseSupervisionMatter } from '../../../src/commands/close-supervision-matter';
import type { DecidePetition } from '../../../src/commands/decide-petition';
import type { GiveAssistingOpinion } from '../../../src/commands/give-assisting-opinion';
import type { ImplementPetition } from '../../../src/commands/implement-petition';
import type { OpenSupervisionMatter } from '../../../src/commands/open-supervision-matter';
import type { ReceivePetition } from '../../../src/commands/receive-petition';
import type { RecordApprovalPublicity } from '../../../src/commands/record-approval-publicity';
import { Opinion } from '../../../schema/review/review-step';
import { LocalDate } from '../../../schema/scalars';
import { PublicityMedium } from '../../../schema/supervision/approval-publicity';
import { PetitionDecision, PetitionKind } from '../../../schema/supervision/petition';

@InputType({ description: '立项监督' })
export class OpenSupervisionMatterInput implements OpenSupervisionMatter {
  @Field(() => ID) applicationId!: string;
  @Field({ description: '立项文号' }) documentNumber!: string;
}

@InputType({ description: '配合部门的意见' })
export class GiveAssistingOpinionInput implements GiveAssistingOpinion {
  @Field(() => ID) matterId!: string;
  @Field(() => Opinion) opinion!: Opinion;
  @Field({ description: '意见文号' }) documentNumber!: string;
}

@InputType({ description: '办结监督事项' })
export class CloseSupervisionMatterInput implements CloseSupervisionMatter {
  @Field(() => ID) matterId!: string;
  @Field({ description: '办结文号' }) documentNumber!: string;
}

@InputType({ description: '受理信访、举报' })
export class ReceivePetitionInput implements ReceivePetition {
  @Field({ description: '旗县市区' }) region!: string;
  @Field(() => PetitionKind) kind!: PetitionKind;
  @Field({ description: '登记号' }) registerNumber!: string;
  @Field(() => LocalDate, { description: '受理之日，不晚于今日' }) receivedOn!: string;
}

@InputType({ description: '处理信访、举报' })
export class DecidePetitionInput implements DecidePetition {
  @Field(() => ID) petitionId!: string;
  @Field(() => PetitionDecision) decision!: PetitionDecision;
  @Field({ description: '决定文号' }) documentNumber!: string;
  @Field(() => LocalDate, { description: '决定之日，不晚于今日' }) decidedOn!: string;
}

@InputType({ description: '落实处理决定' })
export class ImplementPetitionInput implements ImplementPetition {
  @Field(() => ID) petitionId!: string;
  @Field({ description: '落实情况文号' }) documentNumber!: string;
  @Field(() => LocalDate, { description: '落实之日，不晚于今日' }) implementedOn!: string;
}

@InputType({ description: '登记审批结果的公布' })
export class RecordApprovalPublicityInput implements RecordApprovalPublicity {
  @Field(() => [ID], { description: '一并公布的配租配售' }) allotmentIds!: string[];
  @Field(() => PublicityMedium, { nullable: true, description: '公布媒体；不明的不填，列入监管检查发现' })
  medium?: PublicityMedium | null;
  @Field(() => String, { nullable: true, description: '频道、报名及版次等；与网址至少填一项' }) place?: string | null;
  @Field(() => String, { nullable: true, description: '网址' }) url?: string | null;
  @Field(() => LocalDate, { description: '公布之日，不早于接受配租配售之日，不晚于今日' }) publishedOn!: string;
  @Field({ description: '公布文号' }) documentNumber!: string;
}
