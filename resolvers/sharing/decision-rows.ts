import type { PersonalSelect } from '../../src/audit/reads';
import type { RequestContext } from '../../src/context';
import { readPersonal } from '../../src/store/reads';
import type { Decision } from '../../schema/sharing/decision';
import { groupedInOrder, loaderOf } from '../loader';

/** A decision speaks of the applicant of its case. */
const OF_HOUSEHOLDS: PersonalSelect = {
  name: 'decisions-of-households',
  takes: 1,
  text: `select c.applicant_id as person_id, c.applicant_id as "personId", d.id, d.household_id as "householdId", d.case_id as "caseId", d.verdict, d.reason,
           d.report_hash as "reportHash", d.decided_at as "decidedAt", d.decided_by as "decidedBy", d.role, d.office,
           d.superseded_at as "supersededAt", d.superseded_by as "supersededBy"
         from decision d join housing_case c on c.id = d.case_id where d.household_id = any($1::uuid[]) order by d.decided_at, d.id`,
};

/** Decisions on a household, oldest first: a look at their applicants. */
export function decisionsOf(ctx: RequestContext, householdId: string): Promise<Decision[]> {
  const loader = loaderOf(ctx, 'decisions of households', async (ids) => {
    const look = { source: 'sharing', fields: ['decision'] };
    const rows = await readPersonal<Decision>(ctx.hub.db.app, OF_HOUSEHOLDS, [ids], look, ctx);
    return groupedInOrder(ids, rows, (row) => row.householdId);
  });
  return loader.load(householdId);
}
