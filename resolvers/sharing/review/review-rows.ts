import { beijingDay } from '../../../src/access/day';
import type { PersonalSelect } from '../../../src/audit/reads';
import type { RequestContext } from '../../../src/context';
import { queryInScope } from '../../../src/store/database';
import { BEFORE_ALL_DAYS, readPage, type PageArgs } from '../../../src/store/page';
import { readPersonal } from '../../../src/store/reads';
import type { Connection } from '../../../schema/page';
import type { AnnualReview, AnnualReviewState } from '../../../schema/review/annual-review';
import type { ReviewStep } from '../../../schema/review/review-step';
import { groupedInOrder, loaderOf } from '../../loader';

export type ReviewRow = AnnualReview;

const COLUMNS = `id, region_code as "regionCode", household_id as "householdId", year, programme, case_id as "caseId", due_on as "dueOn",
  declare_by as "declareBy", state, exempt_as as "exemptAs", outcome, report_hash as "reportHash"`;
const PAGE = {
  name: 'annual-reviews-page',
  text: `select ${COLUMNS} from annual_review
         where region_code = any ($1) and year = $2 and ($3::text is null or state = $3) and (due_on, id) > ($5::date, $6::uuid)
           and (not $7 or due_on < $4::date and state not in ('DECIDED', 'EXECUTED', 'EXEMPT'))
         order by due_on, id limit $8`,
};
const OF_HOUSEHOLDS = {
  name: 'annual-reviews-of-households',
  text: `select ${COLUMNS} from annual_review where household_id = any ($1::uuid[]) order by year desc`,
};
/** A note speaks of the applicant of the case; a step without a note of nobody. */
const STEPS: PersonalSelect = {
  name: 'steps-of-reviews',
  takes: 1,
  text: `select case when s.note is not null or s.amount_fen is not null then c.applicant_id end as person_id, c.applicant_id as "personId",
           s.id, s.review_id as "reviewId", s.kind, s.at, s.taken_by as "takenBy", s.role, s.office, s.on_day as "onDay", s.agency, s.opinion,
           s.attended, s.outcome, s.conversion, s.amount_fen::float8 as "amountFen", s.basis, s.document_number as "documentNumber", s.note,
           s.report_hash as "reportHash", s.cross_check_id as "crossCheckId", s.inspection_id as "inspectionId",
           s.objections_until as "objectionsUntil", s.effective_on as "effectiveOn"
         from review_step s join annual_review r on r.id = s.review_id left join housing_case c on c.id = r.case_id
         where s.review_id = any ($1::uuid[]) order by s.at, s.id`,
};

export interface ReviewFilter {
  readonly region: string;
  readonly year: number;
  readonly state: AnnualReviewState | null;
  readonly overdue: boolean;
}

/** Reviews in a region and everything below it, those due first in front. Throws PAGE_TOO_LARGE, INVALID_CURSOR. */
export function pageOfReviews(
  { hub, viewer }: RequestContext,
  { region, year, state, overdue }: ReviewFilter,
  args: PageArgs,
): Promise<Connection<ReviewRow>> {
  return readPage<ReviewRow>(hub.cursors, args, {
    list: `annual-reviews ${region} ${year} ${state ?? ''} ${overdue}`,
    keyOf: ({ dueOn, id }) => [dueOn, id],
    read: (after, limit) => {
      const filter = [hub.regions.scopeOf(region), year, state, beijingDay(hub.now())];
      const query = { ...PAGE, values: [...filter, ...(after ?? BEFORE_ALL_DAYS), overdue, limit] };
      return queryInScope<ReviewRow>(hub.db.app, viewer.regions, query);
    },
  });
}

/** Reviews of a household, the latest first. */
export function reviewsOf(ctx: RequestContext, householdId: string): Promise<ReviewRow[]> {
  const { hub, viewer } = ctx;
  const loader = loaderOf(ctx, 'annual reviews of households', async (ids) => {
    const rows = await queryInScope<ReviewRow>(hub.db.app, viewer.regions, { ...OF_HOUSEHOLDS, values: [ids] });
    return groupedInOrder(ids, rows, (row) => row.householdId);
  });
  return loader.load(householdId);
}

/** Steps of a review, oldest first: a look at the applicant where there is something written of one. */
export function stepsOf(ctx: RequestContext, reviewId: string): Promise<ReviewStep[]> {
  const loader = loaderOf(ctx, 'steps of reviews', async (ids) => {
    const look = { source: 'sharing', fields: ['reviewStep'] };
    const rows = await readPersonal<ReviewStep>(ctx.hub.db.app, STEPS, [ids], look, ctx);
    return groupedInOrder(ids, rows, (row) => row.reviewId);
  });
  return loader.load(reviewId);
}
