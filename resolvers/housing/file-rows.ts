import type { PersonalSelect } from '../../src/audit/reads';
import type { RequestContext } from '../../src/context';
import { queryInScope } from '../../src/store/database';
import { readPersonal } from '../../src/store/reads';
import type { Case } from '../../schema/housing/case';
import type { Entitlement } from '../../schema/housing/entitlement';
import { groupedInOrder, loaderOf } from '../loader';
import { looked } from '../look';

/** A case speaks of its applicant: `personId` tells the mask of the income so. */
const CASE_COLUMNS = `applicant_id as person_id, applicant_id as "personId", applicant_id as "applicantId", id, household_id as "householdId",
           region_code as "regionCode", kind, programme, submitted_on as "submittedOn", closed_on as "closedOn", closed_as as "closedAs",
           declared_income_fen as "declaredIncomeFen"`;
const CASES: PersonalSelect = {
  name: 'cases',
  takes: 1,
  text: `select ${CASE_COLUMNS} from housing_case where household_id = any($1::uuid[]) order by submitted_on, id`,
};
const CASE: PersonalSelect = {
  name: 'case-by-id',
  takes: 1,
  text: `select ${CASE_COLUMNS} from housing_case where id = $1`,
};

const ENTITLEMENTS = {
  name: 'entitlements',
  text: `select id, household_id as "householdId", region_code as "regionCode", programme, since, until
         from entitlement where household_id = any($1::uuid[]) order by since, id`,
};

/** Cases of a household, oldest first. */
export function casesOf(ctx: RequestContext, householdId: string, selected: ReadonlySet<string>): Promise<Case[]> {
  const fields = looked('Case', selected);
  const loader = loaderOf(ctx, `cases ${fields.join()}`, async (ids) => {
    const rows = await readPersonal<Case>(ctx.hub.db.app, CASES, [ids], { source: 'housing', fields }, ctx);
    return groupedInOrder(ids, rows, (row) => row.householdId);
  });
  return loader.load(householdId);
}

/** A case that the caller has just acted on, in its scope; the look at what it declares is logged like any other. */
export async function readCase(ctx: RequestContext, id: string, selected: ReadonlySet<string>): Promise<Case> {
  const look = { source: 'housing', fields: looked('Case', selected) };
  const [row] = await readPersonal<Case>(ctx.hub.db.app, CASE, [id], look, ctx);
  return row!;
}

/** What a household holds or held, oldest first. */
export function entitlementsOf(ctx: RequestContext, householdId: string): Promise<Entitlement[]> {
  const loader = loaderOf(ctx, 'entitlements', async (ids) => {
    const query = { ...ENTITLEMENTS, values: [ids] };
    const rows = await queryInScope<Entitlement>(ctx.hub.db.app, ctx.viewer.regions, query);
    return groupedInOrder(ids, rows, (row) => row.householdId);
  });
  return loader.load(householdId);
}
