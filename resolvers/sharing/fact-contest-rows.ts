import type { PersonalSelect } from '../../src/audit/reads';
import type { RequestContext } from '../../src/context';
import { readPersonal } from '../../src/store/reads';
import type { FactContest } from '../../schema/sharing/fact-contest';
import { groupedInOrder, loaderOf } from '../loader';

const OF_HOUSEHOLDS: PersonalSelect = {
  name: 'fact-contests-of-households',
  takes: 1,
  text: `select person_id, person_id as "personId", id, household_id as "householdId", case_id as "caseId", rule, source, answer_id as "answerId",
           claimed, reason, filed_on as "filedOn", contested_at as "contestedAt", contested_by as "contestedBy", contested_role as "contestedRole",
           contested_office as "contestedOffice", ended_at as "endedAt", ended_by as "endedBy", ended_by_answer as "endedByAnswer",
           end_reason as "endReason"
         from fact_contest where household_id = any($1::uuid[]) order by contested_at, id`,
};

/** What is and was contested about a household, oldest first: a look at the members. */
export function contestsOf(ctx: RequestContext, householdId: string): Promise<FactContest[]> {
  const loader = loaderOf(ctx, 'fact contests of households', async (ids) => {
    const look = { source: 'sharing', fields: ['factContest'] };
    const rows = await readPersonal<FactContest>(ctx.hub.db.app, OF_HOUSEHOLDS, [ids], look, ctx);
    return groupedInOrder(ids, rows, (row) => row.householdId);
  });
  return loader.load(householdId);
}
