import type { RequestContext } from '../../../src/context';
import { queryInScope } from '../../../src/store/database';
import { readPage, type PageArgs } from '../../../src/store/page';
import type { Connection } from '../../../schema/page';
import type { Petition } from '../../../schema/supervision/petition';
import type { SupervisionMatter } from '../../../schema/supervision/supervision-matter';

/* To a department that assists, those alone to which it was added. */
const MATTERS = {
  name: 'supervision-matters',
  text: `select id, region_code as "regionCode", application_id as "applicationId", document_number as "documentNumber", opened_on as "openedOn",
           opened_by as "openedBy", assisting, assisting_on as "assistingOn", opinion, opinion_document as "opinionDocument", opinion_on as "opinionOn",
           opinion_by as "opinionBy", closing_document as "closingDocument", closed_on as "closedOn", closed_by as "closedBy"
         from supervision_matter where region_code = any ($1::text[]) and ($2 <> 'CIVIL_AFFAIRS' or assisting = $2)
           and (region_code, id) > ($3::text, $4::uuid) order by region_code, id limit $5`,
};
const PETITIONS = {
  name: 'petitions',
  text: `select id, region_code as "regionCode", kind, register_number as "registerNumber", received_on as "receivedOn", received_by as "receivedBy",
           decision, decision_document as "decisionDocument", decided_on as "decidedOn", decided_by as "decidedBy",
           implementation_document as "implementationDocument", implemented_on as "implementedOn", implemented_by as "implementedBy"
         from petition where region_code = any ($1::text[]) and (region_code, id) > ($2::text, $3::uuid) order by region_code, id limit $4`,
};
const BEFORE_ALL = ['', '00000000-0000-0000-0000-000000000000'];

/** Matters of a region and everything below it that the viewer has to do with. Throws PAGE_TOO_LARGE, INVALID_CURSOR. */
export function pageOfMatters(
  { hub, viewer }: RequestContext,
  region: string,
  args: PageArgs,
): Promise<Connection<SupervisionMatter>> {
  return readPage<SupervisionMatter>(hub.cursors, args, {
    list: `supervisionMatters ${region} ${viewer.role}`,
    keyOf: ({ regionCode, id }) => [regionCode, id],
    read: (after, limit) => {
      const values = [hub.regions.scopeOf(region), viewer.role, ...(after ?? BEFORE_ALL), limit];
      return queryInScope<SupervisionMatter>(hub.db.app, viewer.regions, { ...MATTERS, values });
    },
  });
}

/** Petitions and reports of a region and everything below it. Throws PAGE_TOO_LARGE, INVALID_CURSOR. */
export function pageOfPetitions(
  { hub, viewer }: RequestContext,
  region: string,
  args: PageArgs,
): Promise<Connection<Petition>> {
  return readPage<Petition>(hub.cursors, args, {
    list: `petitions ${region}`,
    keyOf: ({ regionCode, id }) => [regionCode, id],
    read: (after, limit) => {
      const values = [hub.regions.scopeOf(region), ...(after ?? BEFORE_ALL), limit];
      return queryInScope<Petition>(hub.db.app, viewer.regions, { ...PETITIONS, values });
    },
  });
}
