import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { pastDay } from '../store/paper';
import { reportOf, reviewOf, takeStep } from '../store/reviews/step';
import { inUnit } from '../store/unit';
import { AnnualReviewState, type AnnualReview } from '../../schema/review/annual-review';
import { ReviewStepKind } from '../../schema/review/review-step';

export interface HearReview {
  readonly reviewId: string;
  /** Hash of the report that the household was shown. */
  readonly report: string;
  /** 'YYYY-MM-DD', not after today. */
  readonly heardOn: string;
  /** False: invited, and did not come. */
  readonly attended: boolean;
  readonly record: string;
}

/** 听取意见 (社会救助法 48): what the household says to a report before it loses anything. Errors: NOT_FOUND, REPORT_STALE, ILLEGAL_MOVE, INVALID_INPUT. */
export async function hearReview(ctx: RequestContext, input: HearReview): Promise<AnnualReview> {
  const { reviewId, report, attended } = input;
  const onDay = pastDay(input.heardOn, 'heardOn', beijingDay(ctx.hub.now()));
  const note = freeText(input.record, 'record', 2000);
  return inUnit(ctx, 'hearReview', async (em, client) => {
    const review = await reviewOf(em, reviewId);
    await reportOf(client, review, report, beijingDay(ctx.hub.now()));
    const said = { kind: ReviewStepKind.HEARING, onDay, attended, note, reportHash: report };
    await takeStep(ctx, em, review, AnnualReviewState.HEARD, said);
    return review;
  });
}
