import { Migration } from '@mikro-orm/migrations';

/** 补证任务: what the last report of a case lacks, who must ask for it and by when; opened and closed with the report. */
export class Migration20261129EvidenceTasks extends Migration {
  override up(): void {
    this.tables();
    this.keep();
    this.closed();
    this.addSql(`
      insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
      select gen_random_uuid(), 'evidence.working-days', region, 15, 'working-day', '默认值，待地方文件确定', 'UNVERIFIED', '2014-01-01', '2014-01-01'
      from unnest(array['15','45']) as region`);
  }

  private tables(): void {
    this.addSql(`
      create table case_report (
        case_id uuid primary key references housing_case (id),
        region_code text not null references region (code),
        household_id uuid not null,
        cross_check_id uuid not null,
        hash text not null,
        conclusion text not null check (conclusion in ('ELIGIBLE','INELIGIBLE_PROPOSED','PENDING_EVIDENCE')),
        at timestamptz not null
      );
      comment on table case_report is 'the report on which a case stands now: the last one that officers asked for and that was settled';
      create table evidence_task (
        id uuid primary key,
        region_code text not null references region (code),
        household_id uuid not null,
        case_id uuid not null references housing_case (id),
        kind text not null check (kind in ('SOURCE','LETTER','RULE')),
        about text not null,
        persons uuid[] not null,
        rules text[] not null,
        due_on date,
        due_provisional boolean not null,
        opened_at timestamptz not null,
        opened_in uuid not null,
        opened_by text not null,
        closed_at timestamptz,
        closed_in uuid,
        closed_by text,
        constraint evidence_task_closed_by_somebody check ((closed_in is null) = (closed_by is null) and (closed_by is null or closed_at is not null))
      );
      comment on column evidence_task.about is 'source to be asked, purpose of the letter to be signed, or rule to be settled';
      comment on column evidence_task.due_on is 'null: the region has no period in force';
      comment on column evidence_task.due_provisional is 'the period reaches into a year whose holidays are not announced';
      comment on column evidence_task.opened_by is 'hash of the report; opened_in its cross-check';
      comment on column evidence_task.closed_by is 'hash of the report that no longer lacks it; null where it ended with its case';
      create unique index evidence_task_one_open on evidence_task (case_id, kind, about, persons) where closed_at is null;
      create index on evidence_task (region_code, (coalesce(due_on, 'infinity'::date)), id);
      create index on evidence_task (household_id)`);
    for (const table of ['case_report', 'evidence_task']) this.addSql(`call guard_by_region('${table}')`);
    this.addSql(`
      grant select, insert, update on case_report to anju_app;
      grant select, insert on evidence_task to anju_app;
      grant update (rules, closed_at, closed_in, closed_by) on evidence_task to anju_app`);
  }

  /**
   * Called in the transaction that writes the reports, by any number of settlers any number of times: rows of case_report are
   * locked, so that the reports of one case come one after another. A task whose people change keeps the earlier day.
   */
  private keep(): void {
    this.addSql(`
      create function keep_evidence_tasks(reports jsonb, lacking jsonb, moment timestamptz) returns void language plpgsql volatile set search_path = public, pg_temp as $$
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
          select r.region_code, r.household_id, r.cross_check_id, r.hash, l.*
          from jsonb_to_recordset(lacking) as l (case_id uuid, kind text, about text, persons uuid[], rules text[])
          join jsonb_to_recordset(reports) as r (case_id uuid, region_code text, household_id uuid, cross_check_id uuid, hash text) using (case_id)
          join housing_case c on c.id = l.case_id and c.closed_on is null
          where not exists (select from evidence_task t where t.closed_at is null and (t.case_id, t.kind, t.about, t.persons) = (l.case_id, l.kind, l.about, l.persons))
        ), due as materialized (
          select w.region_code, d.day, d.provisional from (select distinct region_code from wanted) w
          cross join lateral (
            select p.value::int as days from region_lineage(w.region_code) l
            join parameter p on p.code = 'evidence.working-days' and p.region_code is not distinct from l.code
            where p.valid_from <= today and (p.valid_to is null or p.valid_to >= today) and p.known_from <= moment
            order by l.distance, p.known_from desc, p.valid_from desc limit 1
          ) as notice
          cross join lateral add_working_days(w.region_code, today, notice.days) as d
        )
        insert into evidence_task (id, region_code, household_id, case_id, kind, about, persons, rules, due_on, due_provisional, opened_at, opened_in, opened_by)
        select gen_random_uuid(), w.region_code, w.household_id, w.case_id, w.kind, w.about, w.persons, w.rules, least(due.day, former.due_on),
          coalesce(case when former.due_on <= due.day then former.due_provisional else due.provisional end, false), moment, w.cross_check_id, w.hash
        from wanted w left join due using (region_code)
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

  /** What is closed stays so; with its case ends what is still open. */
  private closed(): void {
    this.addSql(`
      create function guard_evidence_task() returns trigger language plpgsql as $$
      begin
        if old.closed_at is not null then
          raise exception 'a task that is done stays done' using errcode = 'check_violation', constraint = 'evidence_task_stays_done';
        end if;
        return new;
      end $$;
      create trigger guard_evidence_task before update on evidence_task for each row execute function guard_evidence_task();
      create function evidence_tasks_end() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        update evidence_task t set closed_at = now() from fresh c where t.case_id = c.id and c.closed_on is not null and t.closed_at is null;
        return null;
      end $$;
      create trigger evidence_tasks_end after update on housing_case referencing new table as fresh for each statement execute function evidence_tasks_end();
      revoke all on function evidence_tasks_end from public`);
  }
}
