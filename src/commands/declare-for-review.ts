import { beijingDay } from '../access/day';
import { maybeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { openCaseOf } from '../store/letters/terms';
import { pastDay } from '../store/paper';
import { reviewOf, takeStep } from '../store/reviews/step';
import { inUnit } from '../store/unit';
import { AnnualReviewState, type AnnualReview } from '../../schema/review/annual-review';
import { ReviewStepKind } from '../../schema/review/review-step';

export interface DeclareForReview {
  readonly reviewId: string;
  /** 'YYYY-MM-DD', not after today. */
  readonly declaredOn: string;
  /** Declared monthly income of the household, fen. */
  readonly declaredIncomeFen?: number | null;
  readonly note?: string | null;
}

/**
 * 年审申报 [IM-7.1]: what a household declares in its review. A late declaration still counts: who was silent is asked, not
 * punished. Errors: NOT_FOUND, ILLEGAL_MOVE, CASE_CLOSED, INVALID_INPUT naming the field.
 */
export async function declareForReview(ctx: RequestContext, input: DeclareForReview): Promise<AnnualReview> {
  const onDay = pastDay(input.declaredOn, 'declaredOn', beijingDay(ctx.hub.now()));
  const note = maybeText(input.note, 'note');
  const income = input.declaredIncomeFen ?? null;
  if (income !== null && !(Number.isSafeInteger(income) && income >= 0))
    throw new HubError('INVALID_INPUT', 'declaredIncomeFen', '收入须为非负整数，单位分');
  return inUnit(ctx, 'declareForReview', async (em) => {
    const review = await reviewOf(em, input.reviewId);
    if (review.caseId === null) throw new HubError('ILLEGAL_MOVE', 'reviewId');
    const open = await openCaseOf(em, review.caseId);
    if (income !== null) open.declaredIncomeFen = income;
    await takeStep(ctx, em, review, AnnualReviewState.DECLARED, { kind: ReviewStepKind.DECLARATION, onDay, note });
    return review;
  });
}
