import { Migration } from '@mikro-orm/migrations';

/** 审核决定: by a named officer, on the report the case stands on, and for as long as it stands on it. */
export class Migration20261129Decisions extends Migration {
  override up(): void {
    this.addSql(`
      create table decision (
        id uuid primary key,
        region_code text not null references region (code),
        household_id uuid not null,
        case_id uuid not null references housing_case (id),
        verdict text not null check (verdict in ('APPROVE','REFUSE')),
        reason text not null,
        report_hash text not null,
        report_in uuid not null,
        decided_at timestamptz not null,
        decided_by text not null,
        role text not null,
        office text not null,
        superseded_at timestamptz,
        superseded_by text,
        constraint decision_superseded_by_report check ((superseded_at is null) = (superseded_by is null))
      );
      comment on column decision.report_hash is 'hash of the report it rests on; report_in its cross-check';
      comment on column decision.superseded_by is 'hash of the newer report with which it died';
      create unique index decision_one_stands on decision (case_id) where superseded_at is null;
      create index on decision (household_id);
      call guard_by_region('decision');
      grant select, insert on decision to anju_app;
      grant update (superseded_at, superseded_by) on decision to anju_app`);
    /* Whoever writes it, by whatever statement: the report is locked, so that none newer comes between. */
    this.addSql(`
      create function guard_decision() returns trigger language plpgsql set search_path = public, pg_temp as $$
      declare standing case_report;
      begin
        if tg_op = 'UPDATE' then
          if old.superseded_at is not null then
            raise exception 'a decision that died stays dead' using errcode = 'check_violation', constraint = 'decision_stays_dead';
          end if;
          return new;
        end if;
        select * into standing from case_report where case_id = new.case_id for share;
        if standing.hash is distinct from new.report_hash or standing.cross_check_id is distinct from new.report_in then
          raise exception 'the case stands on another report' using errcode = 'check_violation', constraint = 'decision_on_last_report';
        end if;
        if (standing.conclusion <> case new.verdict when 'APPROVE' then 'ELIGIBLE' else 'INELIGIBLE_PROPOSED' end) then
          raise exception 'the report does not bear it' using errcode = 'check_violation', constraint = 'decision_borne_by_report';
        end if;
        if new.superseded_at is not null then
          raise exception 'a decision begins alive' using errcode = 'check_violation', constraint = 'decision_begins_alive';
        end if;
        return new;
      end $$;
      create trigger guard_decision before insert or update on decision for each row execute function guard_decision();
      create function decisions_die() returns trigger language plpgsql set search_path = public, pg_temp as $$
      begin
        update decision d set superseded_at = fresh.at, superseded_by = fresh.hash
        from fresh where d.case_id = fresh.case_id and d.superseded_at is null and d.report_hash <> fresh.hash;
        return null;
      end $$;
      create trigger decisions_die after update on case_report referencing new table as fresh for each statement execute function decisions_die()`);
  }
}
