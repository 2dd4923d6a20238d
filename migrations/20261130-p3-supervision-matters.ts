import { Migration } from '@mikro-orm/migrations';

/** 审批监督事项 [GX-10.1.2-b]: opened and closed by the housing department; civil affairs assists where it was added, and says what it thinks. */
export class Migration20261130SupervisionMatters extends Migration {
  override up(): void {
    this.addSql(`
      create table supervision_matter (
        id uuid primary key,
        region_code text not null references region (code),
        application_id uuid not null references application (id),
        document_number text not null,
        opened_on date not null,
        opened_by text not null,
        assisting text check (assisting in ('CIVIL_AFFAIRS')),
        assisting_on date,
        assisting_by text,
        opinion text check (opinion in ('AGREES','OBJECTS')),
        opinion_document text,
        opinion_on date,
        opinion_by text,
        opinion_role text check (opinion_role = assisting),
        closing_document text,
        closed_on date,
        closed_by text,
        closed_role text check (closed_role in ('COUNTY_HOUSING','CITY_HOUSING')),
        constraint supervision_matter_assisted check (num_nulls(assisting, assisting_on, assisting_by) in (0, 3)),
        constraint supervision_matter_heard check (num_nulls(opinion, opinion_document, opinion_on, opinion_by, opinion_role) in (0, 5)),
        constraint supervision_matter_of_assisting check (opinion is null or assisting is not null),
        constraint supervision_matter_closed check (num_nulls(closing_document, closed_on, closed_by, closed_role) in (0, 4))
      );
      create index on supervision_matter (region_code, id);
      create index on supervision_matter (application_id);
      call guard_by_region('supervision_matter');
      grant select, insert, update (assisting, assisting_on, assisting_by, opinion, opinion_document, opinion_on, opinion_by, opinion_role,
        closing_document, closed_on, closed_by, closed_role) on supervision_matter to anju_app;
      create function guard_supervision_matter() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        if tg_op = 'INSERT' then
          if num_nonnulls(new.assisting, new.opinion, new.closed_on) > 0 then
            raise exception 'it begins open' using errcode = 'check_violation', constraint = 'supervision_matter_begins';
          end if;
          if not exists (select from application a where (a.id, a.region_code) = (new.application_id, new.region_code)) then
            raise exception 'of another county' using errcode = 'check_violation', constraint = 'supervision_matter_of_application';
          end if;
        elsif old.closed_on is not null or old.opinion is not null and (new.opinion, new.opinion_by) is distinct from (old.opinion, old.opinion_by)
          or old.assisting is not null and new.assisting is null then
          raise exception 'what is on record stays' using errcode = 'check_violation', constraint = 'supervision_matter_stands';
        end if;
        return new;
      end $$;
      revoke all on function guard_supervision_matter from public;
      create trigger guard_supervision_matter before insert or update on supervision_matter for each row execute function guard_supervision_matter()`);
  }
}
