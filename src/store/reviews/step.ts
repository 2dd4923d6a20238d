import { randomUUID } from 'node:crypto';
import { LockMode } from '@mikro-orm/core';
import type { EntityManager, RequiredEntityData } from '@mikro-orm/postgresql';
import type { ClientBase } from 'pg';
import type { Session } from '../../access/session';
import { HubError } from '../../errors';
import { standingReport, type StandingReport } from '../case-report';
import { Household } from '../../../schema/housing/household';
import { AnnualReview, type AnnualReviewState } from '../../../schema/review/annual-review';
import { ReviewStep, type ReviewStepKind } from '../../../schema/review/review-step';
import { move, reviewMoves } from '../../../schema/transitions';

/** A review in scope, its household locked: no other step comes before the transaction ends. Error: NOT_FOUND. */
export async function reviewOf(em: EntityManager, id: string): Promise<AnnualReview> {
  const review = await em.findOne(AnnualReview, { id });
  if (!review) throw new HubError('NOT_FOUND', 'reviewId');
  await em.findOneOrFail(Household, { id: review.householdId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  return em.refresh(review) as Promise<AnnualReview>;
}

/** The report the review stands on, if it is the one meant and on the evidence there is. Errors: REPORT_STALE, EVIDENCE_EXPIRED. */
export async function reportOf(
  client: ClientBase,
  review: AnnualReview,
  hash: string,
  today: string,
): Promise<StandingReport> {
  const standing = review.caseId === null ? null : await standingReport(client, review.caseId, today);
  if (standing?.hash !== hash || review.reportHash !== hash) throw new HubError('REPORT_STALE', 'report');
  if (standing.outdated) throw new HubError(standing.expired ? 'EVIDENCE_EXPIRED' : 'REPORT_STALE', 'report');
  return standing;
}

type Said = Partial<Omit<RequiredEntityData<ReviewStep>, 'kind' | 'onDay'>>;

const NOTHING = {
  ...{ agency: null, opinion: null, attended: null, outcome: null, conversion: null, amountFen: null, basis: null },
  ...{ documentNumber: null, note: null, reportHash: null, crossCheckId: null, objectionsUntil: null },
  ...{ effectiveOn: null, inspectionId: null },
};

interface Acting extends Pick<Session, 'viewer'> {
  readonly hub: { readonly now: () => Date };
}

/** Takes a step in the caller's name; the database moves the review. Error: ILLEGAL_MOVE. */
export async function takeStep(
  { hub, viewer }: Acting,
  em: EntityManager,
  review: AnnualReview,
  to: AnnualReviewState,
  said: Said & { readonly kind: ReviewStepKind; readonly onDay: string },
): Promise<void> {
  move(reviewMoves, review.state, to);
  const { id: reviewId, regionCode, householdId } = review;
  em.create(
    ReviewStep,
    {
      ...{ ...NOTHING, id: randomUUID(), reviewId, regionCode, householdId, at: hub.now() },
      ...{ takenBy: viewer.subject, role: viewer.role, office: viewer.office, ...said },
    },
    { persist: true },
  );
  await em.flush();
  await em.refresh(review);
}
