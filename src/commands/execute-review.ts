import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { ClientBase } from 'pg';
import { beijingDay, dayAfter } from '../access/day';
import { carriedOutBy, clause, guardOf } from '../clauses';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { parameterInForce } from '../store/parameter-in-force';
import { closeItsCase } from '../store/close-its-case';
import { reviewOf, takeStep } from '../store/reviews/step';
import { rateAnew } from '../store/tenancy/rate';
import { inUnit } from '../store/unit';
import { CaseEnd } from '../../schema/housing/case';
import { Entitlement } from '../../schema/housing/entitlement';
import { Programme } from '../../schema/programme';
import { AnnualReviewState, ReviewOutcome, type AnnualReview } from '../../schema/review/annual-review';
import { ExitCase, ExitGround, ExitState } from '../../schema/review/exit-case';
import { Inspection, MISUSE_OF } from '../../schema/review/inspection';
import { Conversion, ReviewStep, ReviewStepKind } from '../../schema/review/review-step';
import { RentBasis } from '../../schema/tenancy/contract-rent';

/** 按合同约定终止其配租配售资格: ends by a decision that names its clause, or not at all. */
const ENDED = guardOf(clause('IM-7.3'));

/** 取消保障资格，限期退出: the security ends and the dwelling has a task of its own with a day, at once or not at all. */
const TAKEN_BACK = carriedOutBy('MEASURE', clause('GX-9.2.1(3)', 'IM-6(2)-2'));

/**
 * 执行年审决定 [IM-7.3, 7.4]: does what was decided, once the time for objections is over and the day has come: ends the
 * entitlement, begins the other, opens the exit case. Errors: NOT_FOUND, ILLEGAL_MOVE, OBJECTIONS_RUN, PARAMETER_UNSET.
 */
export async function executeReview(ctx: RequestContext, reviewId: string): Promise<AnnualReview> {
  const today = beijingDay(ctx.hub.now());
  return inUnit(ctx, 'executeReview', async (em, client) => {
    const review = await reviewOf(em, reviewId);
    const decided = await decisionOf(em, review);
    if (today < decided.effectiveOn!) throw ENDED.refuse(new HubError('OBJECTIONS_RUN', 'reviewId'));
    const said = {
      kind: ReviewStepKind.EXECUTION,
      onDay: today,
      basis: decided.basis,
      effectiveOn: decided.effectiveOn,
    };
    await takeStep(ctx, em, review, AnnualReviewState.EXECUTED, said);
    await carryOut(ctx, em, client, review, decided);
    return review;
  });
}

/** The decision that stands. Error: ILLEGAL_MOVE where there is none to execute. */
async function decisionOf(em: EntityManager, { id: reviewId, state, reportHash }: AnnualReview): Promise<ReviewStep> {
  const where = { reviewId, kind: ReviewStepKind.DECISION, reportHash };
  const [decided] = await em.find(ReviewStep, where, { orderBy: { at: 'desc' }, limit: 1 });
  if (state !== AnnualReviewState.DECIDED || !decided) throw new HubError('ILLEGAL_MOVE', 'reviewId');
  return decided;
}

async function carryOut(
  ctx: RequestContext,
  em: EntityManager,
  client: ClientBase,
  review: AnnualReview,
  { outcome, conversion, effectiveOn, basis, inspectionId }: ReviewStep,
): Promise<void> {
  const today = beijingDay(ctx.hub.now());
  if (outcome === ReviewOutcome.ADJUST) {
    await rateAnew(ctx, em, review, RentBasis.ADJUSTMENT);
    return closeItsCase(em, review, CaseEnd.SETTLED, today);
  }
  await endEntitlement(em, review, dayAfter(effectiveOn!, -1));
  ENDED.let();
  if (outcome === ReviewOutcome.CONVERT_TO_PUBLIC_RENTAL) {
    if (conversion === Conversion.RENT) {
      beginPublicRental(em, review, effectiveOn!);
      await rateAnew(ctx, em, review, RentBasis.CONVERSION);
    }
    return closeItsCase(em, review, CaseEnd.SETTLED, today);
  }
  const days = await parameterInForce(client, 'exit.vacate-days', review.regionCode, today, ctx.hub.now());
  em.create(
    ExitCase,
    {
      ...{ id: randomUUID(), regionCode: review.regionCode, householdId: review.householdId, reviewId: review.id },
      ...{ ground: await groundOf(em, inspectionId), basis: basis!, state: ExitState.OPENED },
      ...{ openedOn: today, vacateBy: dayAfter(today, days), version: 0 },
    },
    { persist: true },
  );
  TAKEN_BACK();
  await closeItsCase(em, review, CaseEnd.EXIT, today);
}

/** The ground of an exit is what was confirmed, or that the conditions are no longer met. */
async function groundOf(em: EntityManager, inspectionId: string | null): Promise<ExitGround> {
  if (inspectionId === null) return ExitGround.NO_LONGER_ELIGIBLE;
  const { kind, useState } = await em.findOneOrFail(Inspection, { id: inspectionId });
  return ExitGround[(useState && MISUSE_OF[useState]) ?? kind];
}

async function endEntitlement(em: EntityManager, { entitlementId }: AnnualReview, last: string): Promise<void> {
  const held = await em.findOneOrFail(Entitlement, { id: entitlementId });
  if (held.until === null || held.until > last) held.until = last < held.since ? held.since : last;
}

function beginPublicRental(em: EntityManager, { regionCode, householdId }: AnnualReview, since: string): void {
  const begun = { id: randomUUID(), regionCode, householdId, programme: Programme.PUBLIC_RENTAL, since, until: null };
  em.create(Entitlement, begun, { persist: true });
}
