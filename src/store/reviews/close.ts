import type { EntityManager } from '@mikro-orm/postgresql';
import { Case, type CaseEnd } from '../../../schema/housing/case';
import type { AnnualReview } from '../../../schema/review/annual-review';

/** Closes the case of a review that is over; its letters and tasks end with it. */
export async function closeReviewCase(
  em: EntityManager,
  review: AnnualReview,
  as: CaseEnd,
  day: string,
): Promise<void> {
  const open = review.caseId === null ? null : await em.findOne(Case, { id: review.caseId, closedOn: null });
  if (!open) return;
  open.closedOn = day;
  open.closedAs = as;
  await em.flush();
}
