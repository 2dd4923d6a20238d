import { Migration } from '@mikro-orm/migrations';

const refusal = (text: string, constraint: string): string =>
  `raise exception '${text}' using errcode = 'check_violation', constraint = '${constraint}';`;

/** What must have come before a step of an application, whoever writes, by whatever statement [IM-3]. */
export class Migration20261129AdmissionGuards extends Migration {
  override up(): void {
    this.begin();
    this.guards();
    this.step();
    this.publicities();
    this.objections();
    this.decisions();
  }

  private begin(): void {
    this.addSql(`
      create function begin_application() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        if (new.state, new.round, new.version) <> ('DRAFT', 1, 0) or num_nonnulls(new.submitted_on, new.receipt, new.review_by) > 0 then
          ${refusal('an application begins at its beginning', 'application_begins')}
        end if;
        if not exists (select from housing_case c where c.id = new.case_id and c.kind = 'APPLICATION' and c.closed_on is null
          and (c.region_code, c.household_id) = (new.region_code, new.household_id)) then
          ${refusal('no open case of an application', 'application_in_open_case')}
        end if;
        return new;
      end $$;
      revoke all on function begin_application from public;
      create trigger begin_application before insert on application for each row execute function begin_application()`);
  }

  /** One function a matter; each refuses under a name that the hub tells in words. */
  private guards(): void {
    this.addSql(`
      create function admission_may_submit(app application, step application_step) returns void language plpgsql stable set search_path = public, pg_temp as $$
      declare years bigint := parameter_in_force('adult-age.years', app.region_code, step.on_day, step.at);
      begin
        if not exists (select from housing_case c join person p on p.id = c.applicant_id
          join household_member m on m.household_id = c.household_id and m.person_id = p.id and m.from_date <= step.on_day and coalesce(m.to_date >= step.on_day, true)
          where c.id = app.case_id and c.closed_on is null and p.birth_date + make_interval(years => years::int) <= step.on_day) then
          ${refusal('the applicant is no adult member on the day', 'application_by_adult')}
        end if;
        perform admission_letter(app, step);
      end $$`);
    this.addSql(`
      create function admission_letter(app application, step application_step) returns void language plpgsql stable set search_path = public, pg_temp as $$
      begin
        if not exists (select from letter l where l.case_id = app.case_id and l.purpose = 'ADMISSION_REVIEW' and l.state = 'ACTIVE'
          and step.on_day between l.signed_on and l.valid_until) then
          ${refusal('no letter of all adult members is in force', 'application_letter')}
        end if;
      end $$`);
    this.addSql(`
      create function admission_may_pass(app application, step application_step) returns void language plpgsql stable set search_path = public, pg_temp as $$
      declare
        standing case_report;
        lacking text;
        entered int := (select max(version) from application_step s where s.application_id = app.id
          and s.kind in ('ACCEPTANCE', 'CLEARANCE', 'SENT_BACK', 'APPEAL_UPHELD'));
        verified boolean := app.round = 3 or (app.flow, app.round) = ('DISTRICTED_FLOW', 2);
      begin
        if step.taken_by = (select s.taken_by from application_step s where s.application_id = app.id and s.kind = 'PASS' and s.round = app.round - 1
          order by s.version desc limit 1) then
          ${refusal('who passed the review before', 'application_second_person')}
        end if;
        select j.agency into lacking from admission_joint j where (j.flow, j.round) = (app.flow, app.round) and not exists (
          select from application_step s where s.application_id = app.id and s.kind = 'OPINION' and s.agency = j.agency and s.version > entered)
          order by j.agency limit 1;
        if lacking = 'CIVIL_AFFAIRS' then ${refusal('civil affairs has not spoken', 'application_opinion_civil_affairs')} end if;
        if lacking = 'PUBLIC_SECURITY' then ${refusal('the police has not spoken', 'application_opinion_public_security')} end if;
        if verified then
          perform admission_letter(app, step);
          select * into standing from case_report where case_id = app.case_id;
          if standing.hash is null or standing.hash is distinct from step.report_hash then
            ${refusal('not on the last report', 'application_on_last_report')}
          end if;
          if app.round = 3 and standing.conclusion <> 'ELIGIBLE' then
            ${refusal('the report does not bear it', 'application_borne_by_report')}
          end if;
        end if;
      end $$`);
    this.addSql(`
      create function admission_may_clear(app application, step application_step) returns void language plpgsql stable set search_path = public, pg_temp as $$
      declare posted publicity;
      begin
        select * into posted from publicity p where p.id = step.publicity_id and p.application_id = app.id and p.round = app.round
          and p.state = case when app.state = 'PUBLICITY_ENDED' then 'ENDED' else 'RUNNING' end;
        if posted.id is null then ${refusal('no such publicity', 'application_publicity')} end if;
        if step.kind = 'POSTING' and posted.posted_on <> step.on_day then ${refusal('posted on another day', 'application_publicity')} end if;
        if step.kind = 'PERIOD_END' and step.on_day <= posted.last_day then ${refusal('the period runs', 'application_period_runs')} end if;
        if step.kind = 'CLEARANCE' and exists (select from objection o where o.publicity_id = posted.id and o.state = 'FILED') then
          ${refusal('an objection is not answered', 'application_objection_open')}
        end if;
        if step.kind in ('CLEARANCE', 'SENT_BACK')
          and (step.kind = 'SENT_BACK') <> exists (select from objection o where o.publicity_id = posted.id and o.state = 'ESTABLISHED') then
          ${refusal('not as the objections were found', 'application_objection_found')}
        end if;
      end $$`);
    /* The way itself says so already; this asks once more, of the steps alone. */
    this.addSql(`
      create function admission_may_approve(app application) returns void language plpgsql stable set search_path = public, pg_temp as $$
      declare back int := coalesce((select max(version) from application_step s where s.application_id = app.id and s.kind in ('SENT_BACK', 'APPEAL_UPHELD')), -1);
      begin
        if exists (select from generate_series(1, 3) as n where not exists (select from application_step s where s.application_id = app.id and s.kind = 'PASS' and s.round = n
            and (s.version > back or n < app.round))
          or not exists (select from publicity p where p.application_id = app.id and p.round = n and p.state = 'CLEARED')) then
          ${refusal('not three reviews and three publicities', 'application_three_and_three')}
        end if;
      end $$`);
  }

  /** An application is moved by its steps alone, along the one table. */
  private step(): void {
    this.addSql(`
      create function take_application_step() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        app application;
        next admission_move;
        days bigint;
      begin
        select * into app from application where id = new.application_id for update;
        if (app.region_code, app.household_id) is distinct from (new.region_code, new.household_id) then
          ${refusal('the step is of another household', 'application_step_of_household')}
        end if;
        if new.version <> app.version then ${refusal('somebody was faster', 'application_version')} end if;
        new.round := app.round;
        if exists (select from application_step s where s.application_id = app.id and (s.at > new.at or s.on_day > new.on_day)) then
          ${refusal('before the step before', 'application_in_time')}
        end if;
        if new.kind = 'SUBMISSION' then app.flow := admission_flow(app.region_code, new.on_day, new.at); end if;
        select * into next from admission_move m where (m.flow, m.round, m.from_state, m.kind, m.role) = (app.flow, app.round, app.state, new.kind, new.role);
        if next.kind is null then
          if exists (select from admission_move m where (m.flow, m.round, m.from_state, m.kind) = (app.flow, app.round, app.state, new.kind)) then
            ${refusal('not at this level', 'application_level')}
          end if;
          ${refusal('not from this state', 'application_legal_move')}
        end if;
        case when new.kind = 'SUBMISSION' then perform admission_may_submit(app, new);
          when new.kind = 'PASS' then perform admission_may_pass(app, new);
          when new.publicity_id is not null then perform admission_may_clear(app, new);
          when new.kind = 'APPROVAL' then perform admission_may_approve(app);
          else null;
        end case;
        if new.kind = 'OPINION' and new.agency <> coalesce(case new.role when 'CIVIL_AFFAIRS' then 'CIVIL_AFFAIRS' end, new.agency)
          or new.kind = 'OPINION' and not exists (select from admission_joint j where (j.flow, j.round, j.agency) = (app.flow, app.round, new.agency)) then
          ${refusal('not this agency', 'application_level')}
        end if;
        if next.to_state = 'IN_REVIEW' and new.kind <> 'OPINION' then
          days := parameter_in_force(case when next.to_round = 1 then 'review.street-days' else 'review.housing-days' end, app.region_code, new.on_day, new.at);
          if days is null then ${refusal('no term of review is in force', 'application_term_unset')} end if;
          app.review_by := (select day from add_working_days(app.region_code, new.on_day + days::int - 1, 1));
        elsif next.to_state <> 'IN_REVIEW' then
          app.review_by := null;
        end if;
        update application set flow = app.flow, state = next.to_state, round = next.to_round, version = app.version + 1, review_by = app.review_by,
          submitted_on = case when new.kind = 'SUBMISSION' then new.on_day else app.submitted_on end,
          receipt = case when new.kind = 'ACCEPTANCE' then new.document_number else app.receipt end
        where id = app.id;
        update publicity p set state = case new.kind when 'PERIOD_END' then 'ENDED' when 'CLEARANCE' then 'CLEARED' when 'SENT_BACK' then 'UPHELD' else 'ABANDONED' end
        where new.kind in ('PERIOD_END', 'CLEARANCE', 'SENT_BACK', 'WITHDRAWAL') and p.application_id = app.id and p.state in ('RUNNING', 'ENDED');
        return new;
      end $$;
      revoke all on function take_application_step from public;
      create trigger take_application_step before insert on application_step for each row execute function take_application_step()`);
  }

  private publicities(): void {
    this.addSql(`
      create function begin_publicity() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      declare app application; days bigint;
      begin
        select * into app from application where id = new.application_id;
        if (app.region_code, app.household_id, app.round, app.state, new.state) is distinct from (new.region_code, new.household_id, new.round, 'PUBLICITY_PENDING', 'RUNNING') then
          ${refusal('not now', 'publicity_after_review')}
        end if;
        days := parameter_in_force('publicity.stage-' || app.round || '-days', app.region_code, new.posted_on, now());
        if days is null or new.last_day < new.posted_on + days::int then
          ${refusal('too short', 'publicity_length')}
        end if;
        return new;
      end $$;
      revoke all on function begin_publicity from public;
      create trigger begin_publicity before insert on publicity for each row execute function begin_publicity();
      create function publicity_is_posted() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        if not exists (select from application_step s where s.publicity_id = new.id and s.kind = 'POSTING') then
          ${refusal('nobody posted it', 'publicity_posted')}
        end if;
        return null;
      end $$;
      revoke all on function publicity_is_posted from public;
      create constraint trigger publicity_posted after insert on publicity deferrable initially deferred for each row execute function publicity_is_posted()`);
  }

  /** A case on which somebody applies is decided by its three reviews and by nothing beside. */
  private decisions(): void {
    this.addSql(`
      create or replace function refuse_decision_of_review() returns trigger language plpgsql set search_path = public, pg_temp as $$
      begin
        if exists (select from annual_review where case_id = new.case_id) or exists (select from application where case_id = new.case_id) then
          ${refusal('a review has outcomes of its own', 'decision_not_of_review')}
        end if;
        return new;
      end $$`);
  }

  private objections(): void {
    this.addSql(`
      create function guard_objection() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      declare posted publicity;
      begin
        select * into posted from publicity where id = new.publicity_id for share;
        if tg_op = 'INSERT' then
          if new.state <> 'FILED' or (posted.region_code, posted.household_id, posted.application_id) is distinct from (new.region_code, new.household_id, new.application_id) then
            ${refusal('of another publicity', 'objection_of_publicity')}
          end if;
          if posted.state <> 'RUNNING' or new.filed_on not between posted.posted_on and posted.last_day then
            ${refusal('out of time', 'objection_in_time')}
          end if;
        else
          if old.state <> 'FILED' or new.state = 'FILED' then ${refusal('answered already', 'objection_answered_once')} end if;
          if new.answered_by in (select s.taken_by from application_step s where s.application_id = new.application_id and s.kind = 'PASS' and s.round = posted.round) then
            ${refusal('who passed the review', 'objection_second_person')}
          end if;
        end if;
        return new;
      end $$;
      revoke all on function guard_objection from public;
      create trigger guard_objection before insert or update on objection for each row execute function guard_objection()`);
  }
}
