import { randomUUID } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { entryOf, toldOf } from '../store/admission/form';
import { applicationOf, onApplication, type OnApplication } from '../store/admission/step';
import type { Application } from '../../schema/admission/application';
import { ROUNDS } from '../../schema/admission/moves';
import { FormTemplate, type FormField } from '../../schema/admission/form-template';

export interface FormEntry {
  readonly key: string;
  /** Null takes out what was written. */
  readonly value?: string | null;
}

export interface FillApplication extends OnApplication {
  readonly entries: readonly FormEntry[];
}

const MOST_ENTRIES = 120;
const WRITE = `
  insert into application_entry (id, region_code, household_id, application_id, key, value, given_by, given_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (application_id, key) do update set value = excluded.value, given_by = excluded.given_by, given_at = excluded.given_at`;
const TAKE_OUT = 'delete from application_entry where application_id = $1 and key = $2';

/**
 * 填写申请表: what the applicant tells, field by field, while the application is a draft; all of it or nothing. What a source has
 * told is not asked for again (条例 art. 19). By whoever takes the application in. Errors: NOT_FOUND, WRONG_LEVEL, STALE_VERSION, ILLEGAL_MOVE, INVALID_INPUT naming the entry.
 */
export async function fillApplication(ctx: RequestContext, input: FillApplication): Promise<Application> {
  const { entries, applicationId, version } = input;
  if (entries.length === 0 || entries.length > MOST_ENTRIES)
    throw new HubError('INVALID_INPUT', 'entries', `每次填写 1 至 ${MOST_ENTRIES} 项`);
  return onApplication(ctx, 'fillApplication', async (em, client) => {
    const application = await applicationOf(em, applicationId);
    if (application.version !== version) throw new HubError('STALE_VERSION', 'version');
    if (ROUNDS[application.flow][0].reviewer !== ctx.viewer.role) throw new HubError('WRONG_LEVEL', 'applicationId');
    const template = application.templateId && (await em.findOne(FormTemplate, { id: application.templateId }));
    const fields = new Map((template ? template.fields : []).map((field) => [field.key, field]));
    const told = await toldOf(client, applicationId, ctx.hub.now());
    for (const [index, entry] of entries.entries())
      await write(ctx, client, application, entry, knownField(fields, told, entry, index));
    return application;
  });
}

type Known = FormField & { readonly at: string };

function knownField(
  fields: ReadonlyMap<string, FormField>,
  told: ReadonlySet<string>,
  { key, value }: FormEntry,
  index: number,
): Known {
  const field = fields.get(key);
  if (!field) throw new HubError('INVALID_INPUT', `entries.${index}.key`, '申请表没有此表项');
  if (told.has(key) && typeof value === 'string')
    throw new HubError('INVALID_INPUT', `entries.${index}.key`, '该项已由共享获得，不再要求填写；有异议的请提出存疑');
  return { ...field, at: `entries.${index}.value` };
}

async function write(
  { hub, viewer }: RequestContext,
  client: ClientBase,
  { id, regionCode, householdId }: Application,
  { key, value }: FormEntry,
  field: Known,
): Promise<void> {
  if (value === null || value === undefined) return void (await client.query(TAKE_OUT, [id, key]));
  const given = [entryOf(field, value, field.at), viewer.subject, hub.now()];
  await client.query(WRITE, [randomUUID(), regionCode, householdId, id, key, ...given]);
}
