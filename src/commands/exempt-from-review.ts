import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { DOCUMENT_NUMBER } from '../store/paper';
import { closeItsCase } from '../store/close-its-case';
import { reviewOf, takeStep } from '../store/reviews/step';
import { inUnit } from '../store/unit';
import { AnnualReviewState, type AnnualReview } from '../../schema/review/annual-review';
import { ReviewStepKind } from '../../schema/review/review-step';
import { CaseEnd } from '../../schema/housing/case';

export interface ExemptFromReview {
  readonly reviewId: string;
  readonly reason: string;
  /** Of the decision that exempts. */
  readonly documentNumber: string;
}

/** 免审: by a document, with a reason, before the review is evaluated. Errors: NOT_FOUND, ILLEGAL_MOVE, INVALID_INPUT. */
export async function exemptFromReview(ctx: RequestContext, input: ExemptFromReview): Promise<AnnualReview> {
  const onDay = beijingDay(ctx.hub.now());
  const note = freeText(input.reason, 'reason');
  const documentNumber = freeText(input.documentNumber, 'documentNumber', DOCUMENT_NUMBER);
  return inUnit(ctx, 'exemptFromReview', async (em) => {
    const review = await reviewOf(em, input.reviewId);
    const step = { kind: ReviewStepKind.EXEMPTION, onDay, note, documentNumber };
    await takeStep(ctx, em, review, AnnualReviewState.EXEMPT, step);
    await closeItsCase(em, review, CaseEnd.SETTLED, onDay);
    return review;
  });
}
