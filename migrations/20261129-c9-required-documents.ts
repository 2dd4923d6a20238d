import { Migration } from '@mikro-orm/migrations';

/** 要件资料 [IM-4.3]: a form names the documents that must be handed in with it. */
export class Migration20261129RequiredDocuments extends Migration {
  override up(): void {
    this.addSql(`
      alter table form_template add column documents jsonb not null default '[]' check (jsonb_typeof(documents) = 'array');
      alter table form_template alter column documents drop default;
      comment on column form_template.documents is 'array of {kind, label}: what must be handed in, in the order of the form';
      create or replace function application_gaps(app uuid, moment timestamptz) returns table (kind text, key text, label text, ordinal int)
        language sql stable set search_path = public, pg_temp as $$
        select 'FIELD', f.field ->> 'key', f.field ->> 'label', f.ordinal::int
        from application a
        join form_template t on t.id = a.template_id
        cross join jsonb_array_elements(t.fields) with ordinality as f (field, ordinal)
        where a.id = app and (f.field ->> 'required')::boolean
          and not exists (select from application_entry e where e.application_id = a.id and e.key = f.field ->> 'key')
          and f.field ->> 'key' not in (select application_told(app, moment))
        union all
        select 'DOCUMENT', d.document ->> 'kind', d.document ->> 'label', (jsonb_array_length(t.fields) + d.ordinal)::int
        from application a
        join form_template t on t.id = a.template_id
        cross join jsonb_array_elements(t.documents) with ordinality as d (document, ordinal)
        where a.id = app
          and not exists (select from application_document x where x.application_id = a.id and x.kind = d.document ->> 'kind' and x.withdrawn_on is null)
      $$`);
  }
}
