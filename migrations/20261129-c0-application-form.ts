import { Migration } from '@mikro-orm/migrations';

const refusal = (text: string, constraint: string): string =>
  `raise exception '${text}' using errcode = 'check_violation', constraint = '${constraint}';`;

/** 申请审核表 [IM-4.2, IM-4.3]: a prefecture's versions, what an applicant wrote, and what is lacking. */
export class Migration20261129ApplicationForm extends Migration {
  override up(): void {
    this.tables();
    this.shared();
    this.gaps();
    this.guards();
  }

  private tables(): void {
    this.addSql(`
      create table form_template (
        id uuid primary key,
        region_code text not null references region (code),
        version int not null check (version > 0),
        title text not null,
        document_number text not null,
        valid_from date not null,
        fields jsonb not null check (jsonb_typeof(fields) = 'array'),
        published_at timestamptz not null,
        published_by text not null,
        unique (region_code, version)
      );
      comment on column form_template.fields is 'array of {key, label, kind, required, choices?, source?, fact?, everyone?}, in the order of the paper form';
      grant select, insert on form_template to anju_app;
      alter table application add column template_id uuid references form_template (id);
      comment on column application.template_id is 'the version in force when the application began; null where the prefecture had none';
      create table application_entry (
        id uuid primary key,
        region_code text not null,
        household_id uuid not null,
        application_id uuid not null references application (id),
        key text not null,
        value text not null,
        given_by text not null,
        given_at timestamptz not null,
        constraint application_entry_once unique (application_id, key)
      );
      create index on application_entry (household_id);
      call guard_by_region('application_entry');
      grant select, insert, update, delete on application_entry to anju_app`);
  }

  /** 政务数据共享条例 art. 19: what sharing gives is not asked for again. */
  private shared(): void {
    this.addSql(`
      create function application_shared(app uuid, moment timestamptz)
        returns table (key text, person_id uuid, source text, fact text, value jsonb, as_of timestamptz, answer_id uuid)
        language sql stable set search_path = public, pg_temp as $$
        select f.field ->> 'key', p.person_id, f.field ->> 'source', f.field ->> 'fact', s.value, s.as_of, s.id
        from application a
        join form_template t on t.id = a.template_id
        join housing_case c on c.id = a.case_id
        cross join (select (moment at time zone 'Asia/Shanghai')::date as day) d
        cross join jsonb_array_elements(t.fields) as f (field)
        cross join lateral (
          select c.applicant_id as person_id where not coalesce((f.field ->> 'everyone')::boolean, false)
          union select m.person_id from household_member m where (f.field ->> 'everyone')::boolean
            and m.household_id = a.household_id and m.from_date <= d.day and coalesce(m.to_date >= d.day, true)) p
        left join lateral (
          select n.id, n.as_of, n.value -> (f.field ->> 'fact') as value from answer n
          where n.household_id = a.household_id and n.person_id = p.person_id and n.source = f.field ->> 'source' and n.case_id = a.case_id
            and n.purpose = 'ADMISSION_REVIEW' and (n.status = 'FOUND' or n.status = 'NOT_FOUND' and n.covered) and n.fields @> array[f.field ->> 'fact']
            and n.as_of + n.max_age >= moment
            and not exists (select from fact_contest x where x.case_id = a.case_id and x.person_id = p.person_id and x.source = n.source
              and x.ended_at is null and n.asked_at <= x.contested_at)
          order by n.at desc limit 1) s on true
        where a.id = app and f.field ? 'source'
      $$;
      comment on function application_shared is 'for each field that a source can tell and each person it is about, the answer that stands; nulls where none does';
      create function application_told(app uuid, moment timestamptz) returns setof text language sql stable set search_path = public, pg_temp as $$
        select s.key from application_shared(app, moment) s group by s.key having bool_and(s.answer_id is not null)
      $$;
      comment on function application_told is 'keys of fields that nobody has to be asked about: a source has told of everyone concerned'`);
  }

  private gaps(): void {
    this.addSql(`
      create function application_gaps(app uuid, moment timestamptz) returns table (kind text, key text, label text, ordinal int)
        language sql stable set search_path = public, pg_temp as $$
        select 'FIELD', f.field ->> 'key', f.field ->> 'label', f.ordinal::int
        from application a
        join form_template t on t.id = a.template_id
        cross join jsonb_array_elements(t.fields) with ordinality as f (field, ordinal)
        where a.id = app and (f.field ->> 'required')::boolean
          and not exists (select from application_entry e where e.application_id = a.id and e.key = f.field ->> 'key')
          and f.field ->> 'key' not in (select application_told(app, moment))
      $$;
      comment on function application_gaps is 'all that is lacking, told at once'`);
  }

  private guards(): void {
    this.addSql(`
      create function guard_form_template() returns trigger language plpgsql set search_path = public, pg_temp as $$
      begin
        if (select level from region where code = new.region_code) is distinct from 'PREFECTURE' then
          ${refusal('not a prefecture', 'form_template_of_prefecture')}
        end if;
        if exists (select from form_template t where t.region_code = new.region_code and (t.version >= new.version or t.valid_from > new.valid_from)) then
          ${refusal('before the version before', 'form_template_in_order')}
        end if;
        return new;
      end $$;
      create trigger guard_form_template before insert on form_template for each row execute function guard_form_template();
      create function guard_application_form() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        if new.template_id is not null and not exists (select from form_template t join region r on r.code = new.region_code
          where t.id = new.template_id and t.region_code = r.parent_code) then
          ${refusal('the form of another prefecture', 'application_form_of_prefecture')}
        end if;
        return new;
      end $$;
      revoke all on function guard_application_form from public;
      create trigger guard_application_form before insert on application for each row execute function guard_application_form();
      create function guard_application_entry() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        row application_entry := case when tg_op = 'DELETE' then old else new end;
        app application;
      begin
        if tg_op = 'UPDATE' and (old.application_id, old.key, old.id) is distinct from (new.application_id, new.key, new.id) then
          ${refusal('another field', 'application_entry_of_form')}
        end if;
        select * into app from application where id = row.application_id for share;
        if app.state is distinct from 'DRAFT' then ${refusal('handed in already', 'application_entry_in_draft')} end if;
        if (app.region_code, app.household_id) is distinct from (row.region_code, row.household_id)
          or not exists (select from form_template t, jsonb_array_elements(t.fields) f where t.id = app.template_id and f ->> 'key' = row.key) then
          ${refusal('no such field', 'application_entry_of_form')}
        end if;
        return row;
      end $$;
      revoke all on function guard_application_entry from public;
      create trigger guard_application_entry before insert or update or delete on application_entry for each row execute function guard_application_entry();
      create function application_is_complete() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        if new.kind = 'SUBMISSION' and exists (select from application_gaps(new.application_id, new.at)) then
          ${refusal('not complete', 'application_complete')}
        end if;
        return new;
      end $$;
      revoke all on function application_is_complete from public;
      create trigger application_is_complete after insert on application_step for each row execute function application_is_complete()`);
  }
}
