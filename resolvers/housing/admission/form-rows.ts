import { loggedLooks, type PersonalSelect } from '../../../src/audit/reads';
import type { RequestContext } from '../../../src/context';
import { gapsOf, type Gap } from '../../../src/store/admission/form';
import { queryInScope } from '../../../src/store/database';
import { readPersonal } from '../../../src/store/reads';
import type { SharedFact } from '../../../schema/admission/application-form';
import type { FormTemplate } from '../../../schema/admission/form-template';
import { groupedInOrder, inOrder, loaderOf } from '../../loader';

const COLUMNS = `id, region_code as "regionCode", version, title, document_number as "documentNumber", valid_from as "validFrom", fields, documents,
  published_at as "publishedAt", published_by as "publishedBy"`;
const TEMPLATES = { name: 'form-templates', text: `select ${COLUMNS} from form_template where id = any ($1::uuid[])` };
const OF_REGION = {
  name: 'form-templates-of-region',
  text: `select ${COLUMNS} from form_template where region_code = $1 order by version desc`,
};
/** What an applicant wrote speaks of the applicant. */
const ENTRIES: PersonalSelect = {
  name: 'entries-of-applications',
  takes: 1,
  text: `select c.applicant_id as person_id, c.applicant_id as "personId", e.application_id as "applicationId", e.key, e.value
         from application_entry e join application a on a.id = e.application_id join housing_case c on c.id = a.case_id
         where e.application_id = any ($1::uuid[])`,
};
const SHARED: PersonalSelect & { readonly looks: true } = {
  name: 'shared-with-application',
  takes: 3,
  looks: true,
  text: `select person_id, source, fact as fields, key, coalesce(value, 'null'::jsonb)::text as value, as_of as "asOf", answer_id as "answerId"
         from application_shared($1, $2) where answer_id is not null and source || '.' || fact = any ($3::text[])`,
};

/** Versions of a prefecture's form, the latest first. */
export const templatesOf = ({ hub, viewer }: RequestContext, region: string): Promise<FormTemplate[]> =>
  queryInScope<FormTemplate>(hub.db.app, viewer.regions, { ...OF_REGION, values: [region] });

/** A version by its id. */
export async function loadTemplate(ctx: RequestContext, id: string): Promise<FormTemplate> {
  const { hub, viewer } = ctx;
  const loader = loaderOf(ctx, 'form templates', async (ids) => {
    const rows = await queryInScope<FormTemplate>(hub.db.app, viewer.regions, { ...TEMPLATES, values: [ids] });
    return inOrder(ids, rows, (row) => row.id);
  });
  return (await loader.load(id))!;
}

export interface EntryRow {
  readonly applicationId: string;
  readonly personId: string;
  readonly key: string;
  readonly value: string;
}

/** What was written in an application's form: a look at the applicant. */
export function entriesOf(ctx: RequestContext, applicationId: string): Promise<EntryRow[]> {
  const loader = loaderOf(ctx, 'entries of applications', async (ids) => {
    const look = { source: 'housing', fields: ['applicationEntry'] };
    const rows = await readPersonal<EntryRow>(ctx.hub.db.app, ENTRIES, [ids], look, ctx);
    return groupedInOrder(ids, rows, (row) => row.applicationId);
  });
  return loader.load(applicationId);
}

/** What is lacking in an application now. */
export function gapsNow(ctx: RequestContext, applicationId: string): Promise<Gap[]> {
  const { hub, viewer } = ctx;
  const loader = loaderOf(ctx, 'gaps of applications', async (ids) => {
    const rows = await gapsOf(hub.db.app, viewer.regions, ids, hub.now());
    return groupedInOrder(ids, rows, (row) => row.applicationId);
  });
  return loader.load(applicationId);
}

export type SharedRow = SharedFact & { readonly key: string };

/** What sources have told, under the purpose of the application's own case and of what that purpose names; a look at each person. */
export async function sharedWith(
  ctx: RequestContext,
  { id, caseId }: { readonly id: string; readonly caseId: string },
): Promise<SharedRow[] | null> {
  const { hub, viewer, purpose } = ctx;
  if (purpose?.caseId !== caseId) return null;
  const query = loggedLooks(SHARED, [id, hub.now(), [...purpose.fields]], ctx);
  const rows = await queryInScope<SharedRow & { person_id: string }>(hub.db.app, viewer.regions, query);
  return rows.map((row) => ({ ...row, personId: row.person_id }));
}
