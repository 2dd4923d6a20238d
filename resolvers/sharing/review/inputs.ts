import { Field, ID, InputType, Int } from 'type-graphql';
import type { CloseInspection } from '../../../src/commands/close-inspection';
import type { CloseViolation } from '../../../src/commands/close-violation';
import type { ConsultOnReview } from '../../../src/commands/consult-on-review';
import type { DecideReview } from '../../../src/commands/decide-review';
import type { DeclareForReview } from '../../../src/commands/declare-for-review';
import type { ExemptFromReview } from '../../../src/commands/exempt-from-review';
import type { HearReview } from '../../../src/commands/hear-review';
import type { OpenReviewCampaign } from '../../../src/commands/open-review-campaign';
import type { RecordSignal } from '../../../src/commands/record-signal';
import { ReviewOutcome } from '../../../schema/review/annual-review';
import { InspectionResult, Misuse, Signal, UseState } from '../../../schema/review/inspection';
import { ViolationDecision } from '../../../schema/review/violation';
import { ConsultedAgency, Conversion, Opinion } from '../../../schema/review/review-step';
import { Fen, LocalDate } from '../../../schema/scalars';

@InputType({ description: '年审批次：区划与年度' })
export class CampaignInput implements OpenReviewCampaign {
  @Field(() => String) region!: string;
  @Field(() => Int) year!: number;
}

@InputType({ description: '年审申报' })
export class DeclareForReviewInput implements DeclareForReview {
  @Field(() => ID) reviewId!: string;
  @Field(() => LocalDate, { description: '申报之日，不晚于今日' }) declaredOn!: string;
  @Field(() => Fen, { nullable: true, description: '申报的家庭月收入' }) declaredIncomeFen?: number | null;
  @Field(() => String, { nullable: true, description: '申报的其他变化' }) note?: string | null;
}

@InputType({ description: '免审' })
export class ExemptFromReviewInput implements ExemptFromReview {
  @Field(() => ID) reviewId!: string;
  @Field({ description: '书面理由' }) reason!: string;
  @Field({ description: '批准文号' }) documentNumber!: string;
}

@InputType({ description: '登记会商意见' })
export class ConsultOnReviewInput implements ConsultOnReview {
  @Field(() => ID) reviewId!: string;
  @Field({ description: '所会商核对报告的校验值' }) report!: string;
  @Field(() => ConsultedAgency) agency!: ConsultedAgency;
  @Field(() => Opinion) opinion!: Opinion;
  @Field(() => LocalDate, { description: '复函之日，不晚于今日' }) answeredOn!: string;
  @Field({ description: '复函文号' }) documentNumber!: string;
  @Field(() => String, { nullable: true }) note?: string | null;
}

@InputType({ description: '登记听取意见的情况' })
export class HearReviewInput implements HearReview {
  @Field(() => ID) reviewId!: string;
  @Field({ description: '向当事人出示的核对报告的校验值' }) report!: string;
  @Field(() => LocalDate, { description: '听取意见之日，不晚于今日' }) heardOn!: string;
  @Field(() => Boolean, { description: '当事人是否到场' }) attended!: boolean;
  @Field({ description: '记录' }) record!: string;
}

@InputType({ description: '年审决定' })
export class DecideReviewInput implements DecideReview {
  @Field(() => ID) reviewId!: string;
  @Field({ description: '所依据核对报告的校验值' }) report!: string;
  @Field(() => ReviewOutcome) outcome!: ReviewOutcome;
  @Field({ description: '书面理由' }) reason!: string;
  @Field(() => String, { nullable: true, description: '合同退出条款或文件依据；继续保障、待补证不填' })
  basis?: string | null;
  @Field(() => ID, { nullable: true, description: '经巡查属实的违规；责令退出必填' }) inspectionId?: string | null;
  @Field(() => Conversion, { nullable: true, description: '转为公租房必填' }) conversion?: Conversion | null;
  @Field(() => Fen, { nullable: true, description: '应补差价；补充差价购买必填' }) differenceFen?: number | null;
  @Field(() => LocalDate, { nullable: true, description: '生效之日，在异议期满之后；缺省为期满次日' })
  effectiveOn?: string | null;
}

@InputType({ description: '登记使用情况线索' })
export class RecordSignalInput implements RecordSignal {
  @Field(() => ID) householdId!: string;
  @Field(() => Misuse) kind!: Misuse;
  @Field(() => Signal) signal!: Signal;
  @Field(() => LocalDate, { description: '所见情形起始之日，不晚于今日' }) seenFrom!: string;
  @Field(() => String, { nullable: true }) note?: string | null;
}

@InputType({ description: '登记巡查结果' })
export class CloseInspectionInput implements CloseInspection {
  @Field(() => ID) inspectionId!: string;
  @Field(() => InspectionResult) result!: InspectionResult;
  @Field(() => UseState, { description: '巡查所见的使用状态' }) use!: UseState;
  @Field(() => LocalDate, { description: '巡查之日' }) inspectedOn!: string;
  @Field({ description: '巡查记录' }) record!: string;
}

@InputType({ description: '违规处理' })
export class CloseViolationInput implements CloseViolation {
  @Field(() => ID) violationId!: string;
  @Field({ description: '调查情况' }) investigation!: string;
  @Field(() => ViolationDecision) decision!: ViolationDecision;
  @Field({ description: '决定文号' }) documentNumber!: string;
  @Field(() => LocalDate, { description: '决定之日，不晚于今日' }) decidedOn!: string;
}
