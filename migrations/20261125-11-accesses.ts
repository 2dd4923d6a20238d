import { Migration } from '@mikro-orm/migrations';

/** Who looked at one person: the only way by which the app role reads the read log. */
export class Migration20261125Accesses extends Migration {
  override up(): void {
    /* A look within a cross-check names its purpose and case through the cross-check. */
    this.addSql(`
      create function accesses_to(whom uuid, before_micros bigint, before_id bigint, most int)
      returns table (id bigint, micros bigint, at timestamptz, subject text, role text, office text, source text, fields text[],
        request_id text, persons int, case_id uuid, case_kind text, purpose_title text, basis text)
      language sql stable security definer set search_path = public, pg_temp as $$
        select e.id, (extract(epoch from e.at) * 1000000)::bigint, e.at, e.subject, e.role, e.office, e.source, e.fields,
          e.request_id, e.persons, c.id, c.kind, p.title, p.basis
        from read_entry e
        left join cross_check x on x.id = case when e.request_id ~ '^cross-check:[0-9a-f-]{36}$' then substr(e.request_id, 13)::uuid end
        left join lateral (
          select k.case_id from cross_check_household k join household_member m on m.household_id = k.household_id
          where k.cross_check_id = x.id and m.person_id = e.person_id limit 1
        ) k on true
        left join housing_case c on c.id = coalesce(e.case_id, k.case_id)
        left join purpose p on p.code = coalesce(e.purpose, x.purpose)
        where e.person_id = whom and e.at <= timestamptz 'epoch' + before_micros * interval '1 microsecond'
          and (e.at, e.id) < (timestamptz 'epoch' + before_micros * interval '1 microsecond', before_id)
        order by e.at desc, e.id desc limit most
      $$;
      revoke all on function accesses_to from public;
      grant execute on function accesses_to to anju_app`);
  }
}
