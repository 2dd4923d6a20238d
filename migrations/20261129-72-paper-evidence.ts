import { Migration } from '@mikro-orm/migrations';

/** The same table as `paperMoves` in schema/transitions; a test compares the two. */
const MOVES = [
  ['PROPOSED', 'CONFIRMED'],
  ['PROPOSED', 'REJECTED'],
  ['PROPOSED', 'WITHDRAWN'],
  ['PROPOSED', 'EXPIRED'],
  ['CONFIRMED', 'WITHDRAWN'],
  ['CONFIRMED', 'EXPIRED'],
] as const;

/** 人工证据: by one officer, confirmed by another, for as long as it is valid; and on which of it a report was settled. */
export class Migration20261129PaperEvidence extends Migration {
  override up(): void {
    this.table();
    this.moves();
    this.reports();
    this.decisions();
  }

  private table(): void {
    this.addSql(`
      create table paper_evidence (
        id uuid primary key,
        region_code text not null references region (code),
        household_id uuid not null references household (id),
        case_id uuid not null references housing_case (id),
        rule text not null,
        person_id uuid references person (id),
        persons uuid[] not null check (persons <> '{}'),
        document_kind text not null check (document_kind in ('CERTIFICATE','EXTRACT','DETERMINATION','RULING','VISIT')),
        document_number text not null check (document_number <> ''),
        issued_by text not null check (issued_by <> ''),
        note text not null,
        valid_until date not null,
        state text not null check (state in ('PROPOSED','CONFIRMED','REJECTED','WITHDRAWN','EXPIRED')),
        added_at timestamptz not null,
        added_by text not null,
        added_role text not null,
        added_office text not null,
        settled_at timestamptz,
        settled_by text,
        settled_role text,
        settled_office text,
        ended_at timestamptz,
        ended_by text,
        reason text,
        constraint paper_evidence_by_two check (settled_by <> added_by),
        constraint paper_evidence_settled check (
          (settled_by is null) = (settled_at is null) and (state not in ('CONFIRMED','REJECTED') or settled_by is not null)
          and (state <> 'PROPOSED' or settled_by is null)),
        constraint paper_evidence_valid_when_confirmed check (state <> 'CONFIRMED' or valid_until >= (settled_at at time zone 'Asia/Shanghai')::date),
        constraint paper_evidence_expired_by_day check (state <> 'EXPIRED' or valid_until < (ended_at at time zone 'Asia/Shanghai')::date),
        constraint paper_evidence_ended check ((state in ('WITHDRAWN','EXPIRED')) = (ended_at is not null) and (state = 'WITHDRAWN') = (ended_by is not null)),
        constraint paper_evidence_reasoned check ((state in ('REJECTED','WITHDRAWN')) = (reason is not null))
      );
      comment on column paper_evidence.person_id is 'whom the document is about; null: the household';
      comment on column paper_evidence.settled_by is 'the second person, who confirmed or rejected it';
      comment on column paper_evidence.persons is 'for whom it speaks: the member, or all who were members when it was brought';
      create unique index paper_evidence_one_alive on paper_evidence (case_id, rule, coalesce(person_id, household_id)) where state in ('PROPOSED','CONFIRMED');
      create index on paper_evidence (valid_until) where state in ('PROPOSED','CONFIRMED');
      create index on paper_evidence (case_id);
      create index on paper_evidence (household_id);
      call guard_by_region('paper_evidence')`);
    /* What was handed in is not rewritten. */
    this.addSql(`
      grant select, insert on paper_evidence to anju_app;
      grant update (state, settled_at, settled_by, settled_role, settled_office, ended_at, ended_by, reason) on paper_evidence to anju_app;
      grant select on paper_evidence to anju_engine`);
  }

  /** Whoever writes, by whatever statement: in one's own name, by the table of moves, and settled once. */
  private moves(): void {
    this.addSql(
      `insert into legal_move values ${MOVES.map(([from, to]) => `('paper_evidence', '${from}', '${to}')`).join(', ')}`,
    );
    this.addSql(`
      create function guard_paper_evidence() returns trigger language plpgsql set search_path = public, pg_temp as $$
      declare
        actor text := nullif(current_setting('app.caller', true), '')::jsonb ->> 'subject';
        named text;
      begin
        if tg_op = 'INSERT' then
          if new.state <> 'PROPOSED' then
            raise exception 'evidence begins as a proposal' using errcode = 'check_violation', constraint = 'paper_evidence_begins_proposed';
          end if;
          named := new.added_by;
        else
          if new.state = old.state or not exists (select from legal_move where noun = 'paper_evidence' and from_state = old.state and to_state = new.state) then
            raise exception 'evidence does not move from % to %', old.state, new.state using errcode = 'check_violation', constraint = 'paper_evidence_legal_move';
          end if;
          if new.state not in ('CONFIRMED','REJECTED')
            and (new.settled_at, new.settled_by, new.settled_role, new.settled_office) is distinct from (old.settled_at, old.settled_by, old.settled_role, old.settled_office) then
            raise exception 'who settled it stays' using errcode = 'check_violation', constraint = 'paper_evidence_settled_once';
          end if;
          named := case new.state when 'WITHDRAWN' then new.ended_by when 'EXPIRED' then actor else new.settled_by end;
        end if;
        if session_user = 'anju_app' and named is distinct from actor then
          raise exception 'nobody acts in another one''s name' using errcode = 'check_violation', constraint = 'paper_evidence_in_own_name';
        end if;
        return new;
      end $$;
      create trigger guard_paper_evidence before insert or update on paper_evidence for each row execute function guard_paper_evidence()`);
    this.addSql(`
      create function expire_evidence(moment timestamptz) returns setof uuid language sql volatile security definer set search_path = public, pg_temp as $$
        with ended as (
          update paper_evidence set state = 'EXPIRED', ended_at = moment
          where state in ('PROPOSED','CONFIRMED') and valid_until < (moment at time zone 'Asia/Shanghai')::date returning case_id, settled_at
        )
        select distinct c.id from ended join housing_case c on c.id = ended.case_id and c.closed_on is null where ended.settled_at is not null
      $$;
      revoke all on function expire_evidence from public;
      grant execute on function expire_evidence to anju_app`);
    this.addSql(
      `comment on function expire_evidence is 'ends what was valid until yesterday or before; returns the open cases that stood on it'`,
    );
  }

  private reports(): void {
    this.addSql(`
      alter table case_report add column laid uuid[] not null default '{}';
      grant select on case_report to anju_engine;
      comment on column case_report.laid is 'what of officers'' evidence the report was settled on';
      create function evidence_in_force(of_case uuid, day date) returns uuid[] language sql stable set search_path = public, pg_temp as $$
        select array(select id from paper_evidence where case_id = of_case and state = 'CONFIRMED' and valid_until >= day)
      $$;
      create function keep_case_reports(reports jsonb, lacking jsonb, moment timestamptz) returns void language plpgsql volatile set search_path = public, pg_temp as $$
      begin
        perform keep_evidence_tasks(reports, lacking, moment);
        update case_report c set laid = r.laid from jsonb_to_recordset(reports) as r (case_id uuid, laid uuid[])
        where c.case_id = r.case_id and c.laid <> r.laid;
      end $$`);
  }

  /** A report that was settled on other evidence than is in force on the day of the decision bears none. */
  private decisions(): void {
    this.addSql(`
      create function guard_decision_evidence() returns trigger language plpgsql set search_path = public, pg_temp as $$
      declare
        laid uuid[] := (select c.laid from case_report c where c.case_id = new.case_id);
        alive uuid[] := evidence_in_force(new.case_id, (new.decided_at at time zone 'Asia/Shanghai')::date);
      begin
        if not (laid @> alive and laid <@ alive) then
          raise exception 'the report stands on other evidence' using errcode = 'check_violation', constraint = 'decision_on_evidence_in_force';
        end if;
        return new;
      end $$;
      create trigger guard_decision_evidence before insert on decision for each row execute function guard_decision_evidence()`);
  }
}
