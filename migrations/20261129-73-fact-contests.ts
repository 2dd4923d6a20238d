import { Migration } from '@mikro-orm/migrations';

/** 存疑: an officer contests what a source has on record; it holds the decision up until the source answers anew, or it is taken back. */
export class Migration20261129FactContests extends Migration {
  override up(): void {
    this.table();
    this.guard();
    this.inForce();
    this.tasks();
    this.addSql(`
      insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
      values (gen_random_uuid(), 'correction.working-days', null, 10, 'working-day', '政务数据共享条例第二十六条', 'NATIONAL', '2014-01-01', '2014-01-01')`);
  }

  private table(): void {
    this.addSql(`
      create table fact_contest (
        id uuid primary key,
        region_code text not null references region (code),
        household_id uuid not null references household (id),
        case_id uuid not null references housing_case (id),
        rule text not null,
        source text not null,
        person_id uuid not null references person (id),
        answer_id uuid,
        claimed text not null check (claimed <> ''),
        reason text not null,
        filed_on date not null,
        contested_at timestamptz not null,
        contested_by text not null,
        contested_role text not null,
        contested_office text not null,
        ended_at timestamptz,
        ended_by text,
        ended_by_answer uuid,
        end_reason text,
        constraint fact_contest_ended check ((ended_at is null) = (ended_by is null and ended_by_answer is null)
          and (ended_by is null or ended_by_answer is null) and (ended_by is null) = (end_reason is null))
      );
      comment on column fact_contest.answer_id is 'the answer contested; null where the record is the hub''s own';
      comment on column fact_contest.filed_on is 'day on which the correction was filed at the source';
      comment on column fact_contest.ended_by_answer is 'the newer answer of the source; null where somebody took it back';
      create unique index fact_contest_one_open on fact_contest (case_id, rule, source, person_id) where ended_at is null;
      create index on fact_contest (case_id) where ended_at is null;
      create index on fact_contest (household_id);
      call guard_by_region('fact_contest');
      grant select, insert, update (ended_at, ended_by, ended_by_answer, end_reason) on fact_contest to anju_app;
      grant select on fact_contest to anju_engine`);
  }

  /** Whoever writes: in one's own name, ended once, and by an answer only where the source was asked after the contest. */
  private guard(): void {
    this.addSql(`
      create function guard_fact_contest() returns trigger language plpgsql set search_path = public, pg_temp as $$
      declare
        actor text := nullif(current_setting('app.caller', true), '')::jsonb ->> 'subject';
        named text := case tg_op when 'INSERT' then new.contested_by else new.ended_by end;
      begin
        if tg_op = 'INSERT' and new.ended_at is not null then
          raise exception 'a contest begins open' using errcode = 'check_violation', constraint = 'fact_contest_begins_open';
        end if;
        if tg_op = 'UPDATE' and old.ended_at is not null then
          raise exception 'a contest that has ended stays so' using errcode = 'check_violation', constraint = 'fact_contest_stays_ended';
        end if;
        if new.ended_by_answer is not null and not exists (
          select from answer a where a.id = new.ended_by_answer and a.household_id = new.household_id and a.person_id = new.person_id and a.source = new.source
            and a.asked_at > new.contested_at and a.status in ('FOUND','NOT_FOUND')) then
          raise exception 'only a newer answer of the source ends it' using errcode = 'check_violation', constraint = 'fact_contest_ended_by_source';
        end if;
        if session_user = 'anju_app' and named is not null and named is distinct from actor then
          raise exception 'nobody acts in another one''s name' using errcode = 'check_violation', constraint = 'fact_contest_in_own_name';
        end if;
        return new;
      end $$;
      create trigger guard_fact_contest before insert or update on fact_contest for each row execute function guard_fact_contest();
      create function end_contests(cases uuid[], moment timestamptz) returns boolean language plpgsql volatile set search_path = public, pg_temp as $$
      begin
        update fact_contest f set ended_at = moment, ended_by_answer = newer.id
        from fact_contest open cross join lateral (
          select a.id from answer a
          where a.household_id = open.household_id and a.person_id = open.person_id and a.source = open.source and a.case_id = open.case_id
            and a.asked_at > open.contested_at and (a.status = 'FOUND' or a.status = 'NOT_FOUND' and a.covered)
          order by a.at desc, a.id desc limit 1
        ) as newer
        where f.id = open.id and open.case_id = any (cases) and open.ended_at is null;
        return exists (select from paper_evidence where case_id = any (cases) and state = 'CONFIRMED')
          or exists (select from fact_contest where case_id = any (cases) and ended_at is null);
      end $$;
      comment on function end_contests is 'ends what the source has answered anew; is anything of officers left for these cases?'`);
  }

  private inForce(): void {
    this.addSql(`
      create or replace function evidence_in_force(of_case uuid, day date) returns uuid[] language sql stable set search_path = public, pg_temp as $$
        select array(
          select id from paper_evidence where case_id = of_case and state = 'CONFIRMED' and valid_until >= day
          union all select id from fact_contest where case_id = of_case and ended_at is null)
      $$`);
  }

  /** As before, and the period of a correction is its own. */
  private tasks(): void {
    this.addSql(`
      alter table evidence_task drop constraint evidence_task_kind_check;
      alter table evidence_task add constraint evidence_task_kind_check check (kind in ('SOURCE','LETTER','RULE','CORRECTION','CONFLICT'))`);
    this.addSql(`
      create or replace function keep_evidence_tasks(reports jsonb, lacking jsonb, moment timestamptz) returns void language plpgsql volatile set search_path = public, pg_temp as $$
      declare today date := (moment at time zone 'Asia/Shanghai')::date;
      begin
        perform from housing_case c where c.id in (select (l ->> 'case_id')::uuid from jsonb_array_elements(lacking) as l) order by c.id for share;
        insert into case_report as last (case_id, region_code, household_id, cross_check_id, hash, conclusion, at)
        select r.case_id, r.region_code, r.household_id, r.cross_check_id, r.hash, r.conclusion, moment
        from jsonb_to_recordset(reports) as r (case_id uuid, region_code text, household_id uuid, cross_check_id uuid, hash text, conclusion text)
        order by r.case_id
        on conflict (case_id) do update set cross_check_id = excluded.cross_check_id, hash = excluded.hash, conclusion = excluded.conclusion, at = excluded.at
        where last.hash <> excluded.hash;
        with wanted as (
          select r.region_code, r.household_id, r.cross_check_id, r.hash, l.*,
            case l.kind when 'CORRECTION' then 'correction.working-days' else 'evidence.working-days' end as code
          from jsonb_to_recordset(lacking) as l (case_id uuid, kind text, about text, persons uuid[], rules text[])
          join jsonb_to_recordset(reports) as r (case_id uuid, region_code text, household_id uuid, cross_check_id uuid, hash text) using (case_id)
          join housing_case c on c.id = l.case_id and c.closed_on is null
          where not exists (select from evidence_task t where t.closed_at is null and (t.case_id, t.kind, t.about, t.persons) = (l.case_id, l.kind, l.about, l.persons))
        ), due as materialized (
          select w.region_code, w.code, d.day, d.provisional from (select distinct region_code, code from wanted) w
          cross join lateral (
            select p.value::int as days from region_lineage(w.region_code) l
            join parameter p on p.code = w.code and p.region_code is not distinct from l.code
            where p.valid_from <= today and (p.valid_to is null or p.valid_to >= today) and p.known_from <= moment
            order by l.distance, p.known_from desc, p.valid_from desc limit 1
          ) as notice
          cross join lateral add_working_days(w.region_code, today, notice.days) as d
        )
        insert into evidence_task (id, region_code, household_id, case_id, kind, about, persons, rules, due_on, due_provisional, opened_at, opened_in, opened_by)
        select gen_random_uuid(), w.region_code, w.household_id, w.case_id, w.kind, w.about, w.persons, w.rules, least(due.day, former.due_on),
          coalesce(case when former.due_on <= due.day then former.due_provisional else due.provisional end, false), moment, w.cross_check_id, w.hash
        from wanted w left join due using (region_code, code)
        left join lateral (
          select t.due_on, t.due_provisional from evidence_task t
          where t.closed_at is null and t.case_id = w.case_id and t.kind = w.kind and t.about = w.about and t.persons && w.persons order by t.due_on limit 1
        ) as former on true;
        update evidence_task t set rules = l.rules
        from jsonb_to_recordset(lacking) as l (case_id uuid, kind text, about text, persons uuid[], rules text[])
        where t.closed_at is null and (t.case_id, t.kind, t.about, t.persons) = (l.case_id, l.kind, l.about, l.persons) and t.rules <> l.rules;
        update evidence_task t set closed_at = moment, closed_in = r.cross_check_id, closed_by = r.hash
        from jsonb_to_recordset(reports) as r (case_id uuid, cross_check_id uuid, hash text)
        where t.closed_at is null and t.case_id = r.case_id and not exists (
          select from jsonb_to_recordset(lacking) as l (case_id uuid, kind text, about text, persons uuid[])
          where (t.case_id, t.kind, t.about, t.persons) = (l.case_id, l.kind, l.about, l.persons));
      end $$`);
  }
}
