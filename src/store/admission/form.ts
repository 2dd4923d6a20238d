import type { ClientBase, Pool } from 'pg';
import { freeText } from '../../access/free-text';
import { isDay } from '../../access/day';
import { HubError } from '../../errors';
import { queryInScope } from '../database';
import { FormFieldKind, type FormField, type FormTemplate } from '../../../schema/admission/form-template';

/** What is lacking in an application, in the order of the form. */
export interface Gap {
  readonly kind: string;
  readonly key: string;
  readonly label: string;
}

const GAPS = {
  name: 'gaps-of-applications',
  text: `select a.id as "applicationId", g.kind, g.key, g.label from unnest($1::uuid[]) as a (id)
         cross join lateral application_gaps(a.id, $2) as g order by g.ordinal`,
};
const TOLD = 'select application_told($1, $2) as key';
const IN_FORCE = `
  select t.id from form_template t join region r on t.region_code = r.parent_code
  where r.code = $1 and t.valid_from <= $2 order by t.version desc limit 1`;

/** Everything that is lacking in applications at a moment, all at once. */
export const gapsOf = (pool: Pool, regions: readonly string[], applicationIds: readonly string[], at: Date) =>
  queryInScope<Gap & { readonly applicationId: string }>(pool, regions, { ...GAPS, values: [applicationIds, at] });

/** Keys of the fields that sources have told of everyone concerned. */
export const toldOf = async (client: ClientBase, applicationId: string, at: Date): Promise<ReadonlySet<string>> =>
  new Set((await client.query<{ key: string }>(TOLD, [applicationId, at])).rows.map(({ key }) => key));

/** The version of the region's prefecture in force on a day. */
export const templateInForce = async (client: ClientBase, region: string, day: string): Promise<string | null> =>
  (await client.query<Pick<FormTemplate, 'id'>>(IN_FORCE, [region, day])).rows[0]?.id ?? null;

const LONGEST = 200;
const WHOLE = /^(0|[1-9]\d{0,14})$/;
const isWhole = (text: string): boolean => WHOLE.test(text);

const WRITTEN: Readonly<
  Record<FormFieldKind, readonly [fits: (text: string, field: FormField) => boolean, how: string]>
> = {
  [FormFieldKind.TEXT]: [() => true, ''],
  [FormFieldKind.COUNT]: [isWhole, '须为不小于零的整数'],
  [FormFieldKind.MONEY_FEN]: [isWhole, '金额须为整数，单位为分'],
  [FormFieldKind.AREA_CM2]: [isWhole, '面积须为整数，单位为平方厘米'],
  [FormFieldKind.DATE]: [isDay, '日期须为 YYYY-MM-DD'],
  [FormFieldKind.YES_NO]: [(text) => text === 'YES' || text === 'NO', '须为 YES 或 NO'],
  [FormFieldKind.CHOICE]: [(text, { choices }) => choices?.includes(text) ?? false, '须为所列选项之一'],
};

/** What is written in a field, as it is kept. Error: INVALID_INPUT naming the entry. */
export function entryOf(field: FormField, value: string, at: string): string {
  const text = freeText(value, at, LONGEST);
  const [fits, how] = WRITTEN[field.kind];
  if (!fits(text, field)) throw new HubError('INVALID_INPUT', at, how);
  return text;
}
