import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { DEMO_FORM } from '../population/form';

const LACKING = `
  select code from region r where level = 'PREFECTURE' and (valid_to is null or valid_to > $1::date)
    and not exists (select from form_template t where t.region_code = r.code) order by code`;
const ENTER = `
  insert into form_template (id, region_code, version, title, document_number, valid_from, fields, documents, published_at, published_by)
  values ($1, $2, 1, $3, $4, $5, $6, $7, now(), 'hub:demo')`;

/** A form in force for each prefecture that has published none; sandbox only. */
export async function enterDemoForms(owner: Client, today: string): Promise<void> {
  const { title, documentNumber, fields, documents } = DEMO_FORM;
  const form = [title, documentNumber, today, JSON.stringify(fields), JSON.stringify(documents)];
  const { rows } = await owner.query<{ code: string }>(LACKING, [today]);
  for (const { code } of rows) await owner.query(ENTER, [randomUUID(), code, ...form]);
}
