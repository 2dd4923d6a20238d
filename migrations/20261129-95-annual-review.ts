import { Migration } from '@mikro-orm/migrations';

/** The same table as `reviewMoves` in schema/transitions; a test compares the two. */
const MOVES: readonly (readonly [from: string, to: readonly string[]])[] = [
  ['DECLARATION_OPEN', ['DECLARED', 'NOT_DECLARED', 'EXEMPT']],
  ['NOT_DECLARED', ['DECLARED', 'SOURCE_CHECK', 'EXEMPT']],
  ['DECLARED', ['SOURCE_CHECK', 'EXEMPT']],
  ['SOURCE_CHECK', ['SOURCE_CHECK', 'EVALUATED']],
  ['EVALUATED', ['SOURCE_CHECK', 'EVALUATED', 'CONSULTED', 'DECIDED', 'HELD']],
  ['CONSULTED', ['CONSULTED', 'HEARD', 'EVALUATED']],
  ['HEARD', ['CONSULTED', 'DECIDED', 'EVALUATED']],
  ['HELD', ['SOURCE_CHECK', 'EVALUATED']],
  ['DECIDED', ['EXECUTED', 'EVALUATED']],
  ['EXECUTED', []],
  ['EXEMPT', []],
];

const DEFAULTS = [
  ['review.declaration-working-days', 30, 'working-day'],
  ['review.objection-days', 15, 'day'],
  ['exit.vacate-days', 30, 'day'],
] as const;

/** 年审: campaigns, one review a household and year, its steps, and the exit case at the end of some [IM-7]. */
export class Migration20261129AnnualReview extends Migration {
  override up(): void {
    this.numbers();
    this.tables();
    this.steps();
    this.reports();
  }

  private numbers(): void {
    for (const [code, value, unit] of DEFAULTS)
      this.addSql(`
        insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
        select gen_random_uuid(), '${code}', region, ${value}, '${unit}', '默认值，待地方文件确定', 'UNVERIFIED', '2014-01-01', '2014-01-01'
        from unnest(array['15','45']) as region`);
    this.addSql(`
      create function parameter_in_force(wanted text, region text, on_day date, moment timestamptz) returns bigint
      language sql stable set search_path = public, pg_temp as $$
        select p.value from region_lineage(region) l
        join parameter p on p.code = wanted and p.programme is null and p.region_code is not distinct from l.code
        where p.valid_from <= on_day and (p.valid_to is null or p.valid_to >= on_day) and p.known_from <= moment
        order by l.distance, p.known_from desc, p.valid_from desc limit 1
      $$`);
    this.addSql(
      `comment on function parameter_in_force is 'the number in force in a region for every programme, of the nearest region that sets one; null where none does'`,
    );
  }

  private tables(): void {
    this.addSql(`
      create table review_campaign (
        id uuid primary key,
        region_code text not null references region (code),
        year integer not null check (year between 2000 and 2200),
        opened_by text not null,
        role text not null,
        office text not null,
        opened_at timestamptz not null,
        declare_by date not null,
        declare_by_provisional boolean not null,
        complete boolean not null default false,
        constraint review_campaign_once unique (region_code, year)
      );
      comment on column review_campaign.complete is 'every household that was due at the opening has its review';
      create table annual_review (
        id uuid primary key,
        campaign_id uuid not null references review_campaign (id),
        region_code text not null references region (code),
        household_id uuid not null references household (id),
        year integer not null,
        entitlement_id uuid not null references entitlement (id),
        programme text not null,
        case_id uuid references housing_case (id),
        due_on date not null,
        declare_by date not null,
        state text not null default 'DECLARATION_OPEN' check (state in (${MOVES.map(([from]) => `'${from}'`).join(',')})),
        exempt_as text check (exempt_as in ('NOT_YET_DUE','BY_DECISION')),
        outcome text check (outcome in ('CONTINUE','ADJUST','CONVERT_TO_PUBLIC_RENTAL','TERMINATE','ORDER_EXIT','PENDING_EVIDENCE')),
        report_hash text,
        constraint annual_review_once unique (household_id, year),
        constraint annual_review_exempt_says_why check ((state = 'EXEMPT') = (exempt_as is not null))
      );
      comment on column annual_review.case_id is 'null: exempt from the start, or nobody in the file can be the applicant';
      comment on column annual_review.report_hash is 'the report it was evaluated on last';
      create index on annual_review (region_code, year, household_id);
      create index on annual_review (case_id);
      create index on annual_review (campaign_id);
      create table review_step (
        id uuid primary key,
        region_code text not null references region (code),
        household_id uuid not null,
        review_id uuid not null references annual_review (id),
        kind text not null check (kind in ('DECLARATION','NOT_DECLARED','SOURCE_CHECK','EXEMPTION','CONSULTATION','HEARING','DECISION','EXECUTION')),
        at timestamptz not null,
        taken_by text not null,
        role text not null,
        office text not null,
        on_day date not null,
        agency text,
        opinion text check (opinion in ('AGREES','OBJECTS')),
        attended boolean,
        outcome text,
        conversion text check (conversion in ('RENT','PURCHASE')),
        amount_fen bigint check (amount_fen > 0),
        basis text,
        document_number text,
        note text,
        report_hash text,
        cross_check_id uuid,
        objections_until date,
        effective_on date,
        constraint review_step_consultation check (kind <> 'CONSULTATION' or (agency is not null and opinion is not null and document_number is not null and report_hash is not null)),
        constraint review_step_hearing check (kind <> 'HEARING' or (attended is not null and note is not null and report_hash is not null)),
        constraint review_step_decision check ((kind = 'DECISION') = (outcome is not null) and (kind <> 'DECISION' or (note is not null and report_hash is not null))),
        constraint review_step_adverse check (outcome is null or outcome in ('CONTINUE','PENDING_EVIDENCE') or (basis is not null and objections_until is not null and effective_on > objections_until)),
        constraint review_step_conversion check ((coalesce(outcome, '') = 'CONVERT_TO_PUBLIC_RENTAL') = (conversion is not null) and (coalesce(conversion, '') = 'PURCHASE') = (amount_fen is not null)),
        constraint review_step_exemption check (kind <> 'EXEMPTION' or (note is not null and document_number is not null))
      );
      create index on review_step (review_id, at);
      create index on review_step (household_id);
      create table exit_case (
        id uuid primary key,
        region_code text not null references region (code),
        household_id uuid not null references household (id),
        review_id uuid not null references annual_review (id),
        ground text not null check (ground in ('NO_LONGER_ELIGIBLE','CHANGE_OF_USE','SUBLET','LENT','VACANT')),
        basis text not null,
        opened_on date not null,
        vacate_by date not null check (vacate_by >= opened_on),
        state text not null default 'OPENED' check (state in ('OPENED')),
        constraint exit_case_once unique (review_id)
      );
      create index on exit_case (region_code, vacate_by, id);
      create index on exit_case (household_id)`);
    for (const table of ['review_campaign', 'annual_review', 'review_step', 'exit_case']) {
      this.addSql(`call guard_by_region('${table}')`);
      this.addSql(`grant select, insert on ${table} to anju_app`);
    }
    this.addSql(`
      grant update (complete) on review_campaign to anju_app;
      grant select on review_campaign to anju_engine`);
  }

  /** A review is moved by its steps alone; what must have come before is asked here, whoever writes, by whatever statement. */
  private steps(): void {
    const moves = MOVES.flatMap(([from, next]) => next.map((to) => `('annual-review', '${from}', '${to}')`));
    this.addSql(`insert into legal_move values ${moves.join(', ')}`);
    this.addSql(`
      create function take_review_step() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        review annual_review;
        standing case_report;
        decided review_step;
        next text := case new.kind when 'DECLARATION' then 'DECLARED' when 'EXEMPTION' then 'EXEMPT'
          when 'CONSULTATION' then 'CONSULTED' when 'HEARING' then 'HEARD' when 'EXECUTION' then 'EXECUTED'
          when 'DECISION' then case new.outcome when 'PENDING_EVIDENCE' then 'HELD' else 'DECIDED' end else new.kind end;
      begin
        select * into review from annual_review where id = new.review_id for update;
        if (review.region_code, review.household_id) is distinct from (new.region_code, new.household_id) then
          raise exception 'the step is of another household' using errcode = 'check_violation', constraint = 'review_step_of_household';
        end if;
        if not exists (select from legal_move where noun = 'annual-review' and from_state = review.state and to_state = next)
          or (next in ('SOURCE_CHECK', 'DECLARED') and review.case_id is null) then
          raise exception 'not from this state' using errcode = 'check_violation', constraint = 'review_legal_move';
        end if;
        if new.kind = 'NOT_DECLARED' and new.on_day <= review.declare_by then
          raise exception 'the time to declare runs' using errcode = 'check_violation', constraint = 'review_declaration_runs';
        end if;
        if new.kind in ('CONSULTATION', 'HEARING', 'DECISION') then
          select * into standing from case_report where case_id = review.case_id for share;
          if standing.hash is distinct from new.report_hash or review.report_hash is distinct from new.report_hash then
            raise exception 'the review stands on another report' using errcode = 'check_violation', constraint = 'review_on_last_report';
          end if;
        end if;
        if new.kind = 'DECISION' then
          if standing.conclusion is distinct from (case new.outcome when 'CONTINUE' then 'ELIGIBLE' when 'ADJUST' then 'ELIGIBLE'
            when 'PENDING_EVIDENCE' then 'PENDING_EVIDENCE' when 'ORDER_EXIT' then standing.conclusion else 'INELIGIBLE_PROPOSED' end) then
            raise exception 'the report does not bear it' using errcode = 'check_violation', constraint = 'review_borne_by_report';
          end if;
          if new.outcome not in ('CONTINUE', 'PENDING_EVIDENCE') and (review.state <> 'HEARD' or not exists (
            select from review_step s where s.review_id = review.id and s.kind = 'CONSULTATION' and s.agency = 'CIVIL_AFFAIRS' and s.report_hash = new.report_hash)) then
            raise exception 'not consulted and heard' using errcode = 'check_violation', constraint = 'review_consulted_and_heard';
          end if;
        end if;
        if new.kind = 'EXECUTION' then
          select * into decided from review_step s where s.review_id = review.id and s.kind = 'DECISION' and s.report_hash = review.report_hash order by s.at desc limit 1;
          if new.on_day <= decided.objections_until then
            raise exception 'the time for objections runs' using errcode = 'check_violation', constraint = 'review_objections_run';
          end if;
        end if;
        update annual_review set state = next, exempt_as = case next when 'EXEMPT' then 'BY_DECISION' end,
          outcome = case when new.kind = 'DECISION' then new.outcome when next = 'EXECUTED' then review.outcome end
        where id = review.id;
        return new;
      end $$;
      revoke all on function take_review_step from public;
      create trigger take_review_step before insert on review_step for each row execute function take_review_step()`);
    this.addSql(`
      create function begin_review() returns trigger language plpgsql as $$
      begin
        if new.state not in ('DECLARATION_OPEN', 'EXEMPT') or new.outcome is not null or new.report_hash is not null then
          raise exception 'a review begins at its beginning' using errcode = 'check_violation', constraint = 'review_begins';
        end if;
        return new;
      end $$;
      create trigger begin_review before insert on annual_review for each row execute function begin_review()`);
    this.addSql(`
      create function exit_by_decision() returns trigger language plpgsql set search_path = public, pg_temp as $$
      begin
        if not exists (select from annual_review r where r.id = new.review_id and (r.region_code, r.household_id) = (new.region_code, new.household_id)
          and r.state = 'EXECUTED' and r.outcome = case new.ground when 'NO_LONGER_ELIGIBLE' then 'TERMINATE' else 'ORDER_EXIT' end) then
          raise exception 'nobody decided it' using errcode = 'check_violation', constraint = 'exit_by_decision';
        end if;
        return new;
      end $$;
      create trigger exit_by_decision before insert on exit_case for each row execute function exit_by_decision()`);
  }

  /** A report on its case evaluates a review; a newer one takes it back to there, and what was decided on the older is void. */
  private reports(): void {
    this.addSql(`
      create function reviews_evaluated() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        update annual_review r set state = 'EVALUATED', outcome = null, report_hash = fresh.hash from fresh
        where r.case_id = fresh.case_id and r.report_hash is distinct from fresh.hash
          and exists (select from legal_move m where m.noun = 'annual-review' and m.from_state = r.state and m.to_state = 'EVALUATED');
        return null;
      end $$;
      revoke all on function reviews_evaluated from public;
      create trigger reviews_evaluated after update on case_report referencing new table as fresh for each statement execute function reviews_evaluated();
      create trigger reviews_evaluated_first after insert on case_report referencing new table as fresh for each statement execute function reviews_evaluated()`);
    this.addSql(`
      create function refuse_decision_of_review() returns trigger language plpgsql set search_path = public, pg_temp as $$
      begin
        if exists (select from annual_review where case_id = new.case_id) then
          raise exception 'a review has outcomes of its own' using errcode = 'check_violation', constraint = 'decision_not_of_review';
        end if;
        return new;
      end $$;
      create trigger refuse_decision_of_review before insert on decision for each row execute function refuse_decision_of_review()`);
  }
}
