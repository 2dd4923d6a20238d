import type { PersonalSelect } from '../../src/audit/reads';
import type { RequestContext } from '../../src/context';
import { readPersonal } from '../../src/store/reads';
import type { PaperEvidence } from '../../schema/sharing/paper-evidence';
import { groupedInOrder, loaderOf } from '../loader';

/** Evidence about the household speaks of the applicant of its case. */
const OF_HOUSEHOLDS: PersonalSelect = {
  name: 'paper-evidence-of-households',
  takes: 1,
  text: `select coalesce(e.person_id, c.applicant_id) as person_id, coalesce(e.person_id, c.applicant_id) as "personId", e.person_id as member,
           e.id, e.household_id as "householdId", e.case_id as "caseId", e.rule, e.document_kind as "documentKind",
           e.document_number as "documentNumber", e.issued_by as "issuedBy", e.note, e.valid_until as "validUntil", e.state,
           e.added_at as "addedAt", e.added_by as "addedBy", e.added_role as "addedRole", e.added_office as "addedOffice",
           e.settled_at as "settledAt", e.settled_by as "settledBy", e.settled_role as "settledRole", e.settled_office as "settledOffice",
           e.ended_at as "endedAt", e.ended_by as "endedBy", e.reason
         from paper_evidence e join housing_case c on c.id = e.case_id where e.household_id = any($1::uuid[]) order by e.added_at, e.id`,
};

/** Evidence about a household, oldest first: a look at those it speaks of. */
export function papersOf(ctx: RequestContext, householdId: string): Promise<PaperEvidence[]> {
  const loader = loaderOf(ctx, 'paper evidence of households', async (ids) => {
    const look = { source: 'sharing', fields: ['paperEvidence'] };
    const rows = await readPersonal<PaperEvidence>(ctx.hub.db.app, OF_HOUSEHOLDS, [ids], look, ctx);
    return groupedInOrder(ids, rows, (row) => row.householdId);
  });
  return loader.load(householdId);
}
