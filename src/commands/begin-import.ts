import { randomUUID } from 'node:crypto';
import { beijingDay } from '../access/day';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { templateInForce } from '../store/admission/form';
import { inUnit } from '../store/unit';
import type { FormField } from '../../schema/admission/form-template';

export type ImportKind = 'APPLICATIONS' | 'HOUSEHOLDS';

export interface BeginImport {
  /** A county of the caller's scope, in force. */
  readonly region: string;
  readonly kind: ImportKind;
  /** Name of the system whose keys stand in the file. */
  readonly source: string;
  /** SHA-256 of the file. */
  readonly fileHash: string;
}

export interface BegunImport {
  readonly batchId: string;
  /** How often this very file was loaded to its end before. */
  readonly before: number;
  readonly flow: string | null;
  readonly templateId: string | null;
  readonly fields: readonly FormField[];
}

const BATCH = `
  insert into import_batch (id, region_code, kind, source, file_hash, taken_by, role, office, started_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;
const BEFORE = `
  select count(*)::int as before from import_batch where (region_code, kind, source, file_hash) = ($1, $2, $3, $4) and finished_at is not null`;
const FIELDS = 'select fields from form_template where id = $1';

/** 开始导入 [IM-5.2]: the trace of a load, before any row of it. Errors: UNKNOWN_REGION, NOT_FOUND, INVALID_INPUT. */
export async function beginImport(
  ctx: RequestContext,
  { region: code, kind, source, fileHash }: BeginImport,
): Promise<BegunImport> {
  const [now, today] = [ctx.hub.now(), beijingDay(ctx.hub.now())];
  const region = ctx.hub.regions.find(code);
  if (!region) throw new HubError('UNKNOWN_REGION', 'region');
  if (!ctx.viewer.regions.includes(code)) throw new HubError('NOT_FOUND', 'region');
  if (region.level !== 'COUNTY' || (region.validTo !== null && region.validTo <= today))
    throw new HubError('INVALID_INPUT', 'region', '须为现行的县级区划');
  if (!/^[A-Za-z0-9_.-]{1,64}$/.test(source)) throw new HubError('INVALID_INPUT', 'source', '须为字母、数字、点、横线');
  const { subject, role, office } = ctx.viewer;
  return inUnit(ctx, 'beginImport', async (_em, client) => {
    const batchId = randomUUID();
    const { rows } = await client.query<{ before: number }>(BEFORE, [code, kind, source, fileHash]);
    await client.query(BATCH, [batchId, code, kind, source, fileHash, subject, role, office, now]);
    const templateId = await templateInForce(client, code, today);
    const form = await client.query<{ fields: FormField[] }>(FIELDS, [templateId]);
    const { rows: flows } = await client.query<{ flow: string | null }>('select admission_flow($1, $2, $3) as flow', [
      code,
      today,
      now,
    ]);
    return { batchId, before: rows[0]!.before, templateId, fields: form.rows[0]?.fields ?? [], flow: flows[0]!.flow };
  });
}
