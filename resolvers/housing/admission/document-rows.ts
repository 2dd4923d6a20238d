import type { PersonalSelect } from '../../../src/audit/reads';
import type { RequestContext } from '../../../src/context';
import type { KeptFile } from '../../../src/store/files/sealed-files';
import { readPersonal } from '../../../src/store/reads';
import type { ApplicationDocument } from '../../../schema/admission/document';
import { groupedInOrder, loaderOf } from '../../loader';

const OF =
  'from application_document d join application a on a.id = d.application_id join housing_case c on c.id = a.case_id';
const DOCUMENTS: PersonalSelect = {
  name: 'documents-of-applications',
  takes: 1,
  text: `select c.applicant_id as person_id, c.applicant_id as "personId", d.id, d.application_id as "applicationId", d.kind, d.name,
           d.content_type as "contentType", d.bytes, d.sha256, d.scan, d.taken_on as "takenOn", d.taken_by as "takenBy", d.withdrawn_on as "withdrawnOn",
           d.withdrawn_by as "withdrawnBy", d.withdrawal_reason as "withdrawalReason", d.issued_by as "issuedBy",
           d.check_result as "checkResult", d.checked_against as "checkedAgainst", d.checked_on as "checkedOn", d.checked_by as "checkedBy"
         ${OF} where d.application_id = any ($1::uuid[]) order by d.taken_on, d.id`,
};
const FILE: PersonalSelect = {
  name: 'file-of-document',
  takes: 1,
  text: `select c.applicant_id as person_id, d.id, d.content_type as "contentType", d.bytes, d.sha256, d.scan, d.sealed_key as "sealedKey" ${OF} where d.id = $1 and length(d.sealed_key) > 0`,
};

/** Documents of an application, oldest first: a look at the applicant. */
export function documentsOf(ctx: RequestContext, applicationId: string): Promise<ApplicationDocument[]> {
  const loader = loaderOf(ctx, 'documents of applications', async (ids) => {
    const look = { source: 'housing', fields: ['applicationDocument'] };
    const rows = await readPersonal<ApplicationDocument>(ctx.hub.db.app, DOCUMENTS, [ids], look, ctx);
    return groupedInOrder(ids, rows, (row) => row.applicationId);
  });
  return loader.load(applicationId);
}

/** A file as it is handed out, with what the scanner said of it when it came. */
export type HandedIn = KeptFile & Pick<ApplicationDocument, 'contentType' | 'scan'>;

/** What it takes to open a document's file: a look at the file, whoever opens it then. Undefined out of scope, and where it was erased. */
export async function fileOf(ctx: RequestContext, id: string): Promise<HandedIn | undefined> {
  const look = { source: 'housing', fields: ['file'] };
  return (await readPersonal<HandedIn>(ctx.hub.db.app, FILE, [id], look, ctx))[0];
}
