import { beijingDay } from '../access/day';
import { freeText, maybeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { DOCUMENT_NUMBER, pastDay } from '../store/paper';
import { reportOf, reviewOf, takeStep } from '../store/reviews/step';
import { inUnit } from '../store/unit';
import { AnnualReviewState, type AnnualReview } from '../../schema/review/annual-review';
import { ConsultedAgency, ReviewStepKind, type Opinion } from '../../schema/review/review-step';

export interface ConsultOnReview {
  readonly reviewId: string;
  /** Hash of the report that the department was shown. */
  readonly report: string;
  readonly agency: ConsultedAgency;
  readonly opinion: Opinion;
  /** 'YYYY-MM-DD', not after today. */
  readonly answeredOn: string;
  /** Of the department's answer. */
  readonly documentNumber: string;
  readonly note?: string | null;
}

/**
 * 商民政等相关部门 [IM-7.2]: what another department says to a report. Civil affairs speak for themselves only. Errors:
 * NOT_FOUND, FORBIDDEN (agency), REPORT_STALE, ILLEGAL_MOVE, INVALID_INPUT naming the field.
 */
export async function consultOnReview(ctx: RequestContext, input: ConsultOnReview): Promise<AnnualReview> {
  const { reviewId, report, agency, opinion } = input;
  if (ctx.viewer.role === 'CIVIL_AFFAIRS' && agency !== ConsultedAgency.CIVIL_AFFAIRS)
    throw new HubError('FORBIDDEN', 'agency');
  const said = {
    ...{ kind: ReviewStepKind.CONSULTATION, agency, opinion, reportHash: report },
    onDay: pastDay(input.answeredOn, 'answeredOn', beijingDay(ctx.hub.now())),
    documentNumber: freeText(input.documentNumber, 'documentNumber', DOCUMENT_NUMBER),
    note: maybeText(input.note, 'note'),
  };
  return inUnit(ctx, 'consultOnReview', async (em, client) => {
    const review = await reviewOf(em, reviewId);
    await reportOf(client, review, report, beijingDay(ctx.hub.now()));
    await takeStep(ctx, em, review, AnnualReviewState.CONSULTED, said);
    return review;
  });
}
