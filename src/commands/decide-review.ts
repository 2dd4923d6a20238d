import type { EntityManager } from '@mikro-orm/postgresql';
import type { ClientBase } from 'pg';
import { beijingDay, dayAfter } from '../access/day';
import { freeText } from '../access/free-text';
import { clause, guardOf } from '../clauses';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import type { StandingReport } from '../store/case-report';
import { parameterInForce } from '../store/parameter-in-force';
import { closeItsCase } from '../store/close-its-case';
import { eligibleForPublicRental } from '../store/reviews/other-programme';
import { reportOf, reviewOf, takeStep } from '../store/reviews/step';
import { inUnit } from '../store/unit';
import { CaseEnd } from '../../schema/housing/case';
import { Programme } from '../../schema/programme';
import { isDate } from '../../schema/scalars';
import {
  AnnualReviewState as State,
  ReviewOutcome as Outcome,
  type AnnualReview,
} from '../../schema/review/annual-review';
import { ConsultedAgency, Conversion, ReviewStep, ReviewStepKind } from '../../schema/review/review-step';
import { Inspection, InspectionState } from '../../schema/review/inspection';
import { Conclusion } from '../../schema/sharing/evaluation';

export interface DecideReview {
  readonly reviewId: string;
  /** Hash of the report that the officer has read: the last one. */
  readonly report: string;
  readonly outcome: Outcome;
  readonly reason: string;
  /** Contract clause or document by which a household loses or changes something. */
  readonly basis?: string | null;
  /** The confirmed inspection that an ordered exit rests on; with ORDER_EXIT. */
  readonly inspectionId?: string | null;
  /** With CONVERT_TO_PUBLIC_RENTAL. */
  readonly conversion?: Conversion | null;
  /** Price difference to be paid, fen; with PURCHASE. */
  readonly differenceFen?: number | null;
  /** 'YYYY-MM-DD', after the time for objections; the day after it when left out. */
  readonly effectiveOn?: string | null;
}

/** What a report must conclude; an ordered exit rests on a confirmed violation instead. */
const BORNE_BY: Readonly<Record<Outcome, Conclusion | null>> = {
  [Outcome.CONTINUE]: Conclusion.ELIGIBLE,
  [Outcome.ADJUST]: Conclusion.ELIGIBLE,
  [Outcome.CONVERT_TO_PUBLIC_RENTAL]: Conclusion.INELIGIBLE_PROPOSED,
  [Outcome.TERMINATE]: Conclusion.INELIGIBLE_PROPOSED,
  [Outcome.ORDER_EXIT]: null,
  [Outcome.PENDING_EVIDENCE]: Conclusion.PENDING_EVIDENCE,
};

/** 商民政等相关部门, before a termination and before an ordered exit. */
const CONSULTED = guardOf(clause('IM-7.2', 'IM-7.8'));
/** 符合公共租赁住房保障条件. */
const FIT_FOR_PUBLIC_RENTAL = guardOf(clause('IM-7.4'));

/**
 * 年审决定 [IM-7.2–7.4, 7.8]: by a named officer of the county, on the last report, as far as it bears it; nothing adverse without
 * civil affairs, a hearing, a basis and time to object. CONTINUE is done at once. Errors: NOT_FOUND, REPORT_STALE,
 * DECISION_UNFOUNDED, NOT_CONSULTED, ILLEGAL_MOVE, PARAMETER_UNSET, INVALID_INPUT naming the field.
 */
export async function decideReview(ctx: RequestContext, input: DecideReview): Promise<AnnualReview> {
  const { reviewId, report, outcome } = input;
  const today = beijingDay(ctx.hub.now());
  const note = freeText(input.reason, 'reason');
  return inUnit(ctx, 'decideReview', async (em, client) => {
    const review = await reviewOf(em, reviewId);
    const standing = await reportOf(client, review, report, today);
    await refuseUnfounded(ctx, client, review, standing, input);
    const said = { kind: ReviewStepKind.DECISION, onDay: today, outcome, note, reportHash: report };
    if (outcome === Outcome.PENDING_EVIDENCE) await takeStep(ctx, em, review, State.HELD, said);
    else if (outcome === Outcome.CONTINUE) {
      await takeStep(ctx, em, review, State.DECIDED, said);
      await takeStep(ctx, em, review, State.EXECUTED, { kind: ReviewStepKind.EXECUTION, onDay: today });
      await closeItsCase(em, review, CaseEnd.SETTLED, today);
    } else {
      await refuseUnheard(em, review);
      const inspectionId = await inspectionOf(em, review, input);
      const adverse = await adverseOf(ctx, client, review, input, today);
      await takeStep(ctx, em, review, State.DECIDED, { ...said, ...adverse, inspectionId });
    }
    return review;
  });
}

async function refuseUnfounded(
  { hub }: RequestContext,
  client: ClientBase,
  review: AnnualReview,
  standing: StandingReport,
  { outcome }: DecideReview,
): Promise<void> {
  const needed = BORNE_BY[outcome];
  if (needed !== null && standing.conclusion !== needed) throw new HubError('DECISION_UNFOUNDED', 'outcome');
  if (outcome !== Outcome.CONVERT_TO_PUBLIC_RENTAL) return;
  const fit = review.programme === Programme.LOW_RENT && (await eligibleForPublicRental(hub, client, review, standing));
  if (!fit)
    throw FIT_FOR_PUBLIC_RENTAL.refuse(
      new HubError('DECISION_UNFOUNDED', 'outcome', '该家庭未被判定符合公共租赁住房保障条件'),
    );
  FIT_FOR_PUBLIC_RENTAL.let();
}

async function refuseUnheard(em: EntityManager, { id: reviewId, state, reportHash }: AnnualReview): Promise<void> {
  const consulted = { reviewId, reportHash, kind: ReviewStepKind.CONSULTATION, agency: ConsultedAgency.CIVIL_AFFAIRS };
  if (state !== State.HEARD || !(await em.count(ReviewStep, consulted)))
    throw CONSULTED.refuse(new HubError('NOT_CONSULTED', 'outcome'));
  CONSULTED.let();
}

/** Error: INVALID_INPUT for none where an exit is ordered, one where none is, or one that is not confirmed of this household. */
async function inspectionOf(
  em: EntityManager,
  { householdId }: AnnualReview,
  { outcome, inspectionId: id = null }: DecideReview,
): Promise<string | null> {
  const ordered = outcome === Outcome.ORDER_EXIT;
  if (!ordered && id === null) return null;
  const confirmed = { id: id ?? '', householdId, state: InspectionState.CONFIRMED };
  if (!ordered || id === null || !(await em.count(Inspection, confirmed)))
    throw new HubError('INVALID_INPUT', 'inspectionId', '责令退出须依据该家庭经巡查属实的违规，其他结论不填');
  return id;
}

/** What a household loses or changes, by what, and from when. */
async function adverseOf(
  { hub }: RequestContext,
  client: ClientBase,
  { regionCode }: AnnualReview,
  { outcome, basis, conversion = null, differenceFen = null, effectiveOn }: DecideReview,
  today: string,
) {
  const converted = outcome === Outcome.CONVERT_TO_PUBLIC_RENTAL;
  if (converted !== (conversion !== null))
    throw new HubError('INVALID_INPUT', 'conversion', '仅在转为公租房时填写，且必填');
  const bought = conversion === Conversion.PURCHASE;
  if (
    bought !== (differenceFen !== null) ||
    (differenceFen !== null && !(Number.isSafeInteger(differenceFen) && differenceFen > 0))
  )
    throw new HubError('INVALID_INPUT', 'differenceFen', '仅在补充差价购买时填写，须为正整数，单位分');
  const days = await parameterInForce(client, 'review.objection-days', regionCode, today, hub.now());
  const objectionsUntil = dayAfter(today, days);
  const effective = effectiveOn ?? dayAfter(objectionsUntil, 1);
  if (!isDate(effective) || effective <= objectionsUntil)
    throw new HubError('INVALID_INPUT', 'effectiveOn', '须在异议期满之后');
  return {
    ...{ conversion, amountFen: differenceFen, objectionsUntil, effectiveOn: effective },
    basis: freeText(basis ?? '', 'basis', 200),
  };
}
