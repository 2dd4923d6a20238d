import { Migration } from '@mikro-orm/migrations';

const refusal = (text: string, constraint: string): string =>
  `raise exception '${text}' using errcode = 'check_violation', constraint = '${constraint}';`;

/** A result of one kind: on which table it is written, when it is one, and of whom. */
interface Result {
  readonly on: string;
  readonly event: string;
  /** Kind of the notice; null where the row is no result. */
  readonly kind: string;
  /** SQL of applicant, day, moment and words. */
  readonly person: string;
  readonly day: string;
  readonly at: string;
  readonly words: string;
}

const OF_APPLICATION = (id: string) =>
  `(select c.applicant_id from application a join housing_case c on c.id = a.case_id where a.id = ${id})`;
const FOUND = `case new.state when 'ESTABLISHED' then '异议成立' when 'NOT_ESTABLISHED' then '异议不成立' else '异议撤回' end`;
const OUTCOME = `case new.outcome when 'CONTINUE' then '继续保障' when 'ADJUST' then '调整保障' when 'CONVERT_TO_PUBLIC_RENTAL' then '转为公共租赁住房保障'
  when 'TERMINATE' then '终止保障' when 'ORDER_EXIT' then '责令退出' end`;
const APPEAL_UNTIL = `new.on_day + parameter_in_force('appeal.days', new.region_code, new.on_day, new.at)::int`;

const RESULTS: readonly Result[] = [
  {
    ...{ on: 'application_step', event: 'insert', person: OF_APPLICATION('new.application_id') },
    kind: `case new.kind when 'APPROVAL' then 'APPROVED' when 'REJECTION' then 'REFUSED' when 'RETURN' then 'RETURNED' when 'REVOCATION' then 'REVOKED'
      when 'APPEAL_UPHELD' then 'APPEAL_DECIDED' when 'APPEAL_DISMISSED' then 'APPEAL_DECIDED' end`,
    ...{ day: 'new.on_day', at: 'new.at' },
    words: `jsonb_build_object('reason', new.note, 'number', new.document_number, 'until', ${APPEAL_UNTIL},
      'outcome', case new.kind when 'APPEAL_UPHELD' then '申诉成立，退回重新审核' else '维持原决定' end)`,
  },
  {
    ...{ on: 'objection', event: 'update of state', person: OF_APPLICATION('new.application_id') },
    kind: `case when old.state = 'FILED' and new.state <> 'FILED' then 'OBJECTION_DECIDED' end`,
    ...{
      day: 'new.answered_on',
      at: `new.answered_on::timestamp at time zone 'Asia/Shanghai'`,
      words: `jsonb_build_object('outcome', ${FOUND})`,
    },
  },
  {
    ...{ on: 'waiting_step', event: 'insert' },
    person: OF_APPLICATION('(select e.application_id from waiting_list_entry e where e.id = new.entry_id)'),
    kind: `case when new.to_state = 'REMOVED' then 'QUEUE_REMOVED' end`,
    ...{ day: 'new.on_day', at: 'new.at', words: `jsonb_build_object('reason', new.note)` },
  },
  {
    ...{ on: 'review_step', event: 'insert' },
    person:
      '(select c.applicant_id from annual_review v join housing_case c on c.id = v.case_id where v.id = new.review_id)',
    kind: `case when new.kind = 'DECISION' and new.outcome <> 'PENDING_EVIDENCE' then 'YEARLY_REVIEW_DECIDED' end`,
    ...{ day: 'new.on_day', at: 'new.at' },
    words: `jsonb_build_object('outcome', ${OUTCOME}, 'reason', new.note, 'basis', new.basis, 'until', new.objections_until)`,
  },
  {
    ...{ on: 'decision', event: 'insert', kind: `case new.verdict when 'APPROVE' then 'APPROVED' else 'REFUSED' end` },
    person: '(select c.applicant_id from housing_case c where c.id = new.case_id)',
    day: `(new.decided_at at time zone 'Asia/Shanghai')::date`,
    at: 'new.decided_at',
    words: `jsonb_build_object('reason', new.reason, 'until', (new.decided_at at time zone 'Asia/Shanghai')::date
      + parameter_in_force('appeal.days', new.region_code, (new.decided_at at time zone 'Asia/Shanghai')::date, new.decided_at)::int)`,
  },
];

/** Nobody writes a notice: the result itself makes it, by whatever statement it comes, and steps along one table move it. */
export class Migration20261130NoticeGuards extends Migration {
  override up(): void {
    this.told();
    for (const result of RESULTS) this.made(result);
    this.step();
    this.paper();
  }

  /** A number that no region has set leaves no time: told the same day. Where no case names an applicant, the head of the file is told. */
  private told(): void {
    this.addSql(`
      create function notice_body(wanted text, day date, parts jsonb) returns text language sql stable set search_path = public, pg_temp as $$
        select string_agg(m[1] || case when m[3] is null then '' else coalesce(filled ->> m[3], '无') end, '' order by nth)
        from notice_wording n, jsonb_set(parts, '{day}', to_jsonb(day)) as filled,
          regexp_matches(n.words, '([^{]*)(\\{(\\w+)\\})?', 'g') with ordinality as r (m, nth)
        where n.kind = wanted
      $$;
      create function tell_of(wanted text, region text, household uuid, person uuid, basis uuid, day date, moment timestamptz, parts jsonb) returns void
      language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        days bigint := coalesce(parameter_in_force('notice.working-days', region, day, moment), 0);
        due record;
        head uuid := (select m.person_id from household_member m where m.household_id = household and m.relation = 'APPLICANT'
          order by m.to_date desc nulls first, m.from_date desc limit 1);
      begin
        select * into due from add_working_days(region, day, days::int);
        insert into notice (id, region_code, household_id, person_id, kind, basis_id, result_on, body, due_on, due_provisional, next_attempt_at)
        values (gen_random_uuid(), region, household, coalesce(person, head), wanted, basis, day, notice_body(wanted, day, parts), due.day, due.provisional, moment);
      end $$;
      revoke all on function tell_of, notice_body from public`);
  }

  private made({ on, event, kind, person, day, at, words }: Result): void {
    const name = `tell_of_${on}`;
    this.addSql(`
      create function ${name}() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      declare wanted text := ${kind};
      begin
        if wanted is not null then
          perform tell_of(wanted, new.region_code, new.household_id, ${person}, new.id, ${day}, ${at}, ${words});
        end if;
        return null;
      end $$;
      revoke all on function ${name} from public;
      create trigger ${name} after ${event} on ${on} for each row execute function ${name}()`);
  }

  private step(): void {
    this.addSql(`
      create function take_notice_step() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        told notice;
        next notice_move;
        days bigint;
      begin
        select * into told from notice where id = new.notice_id for update;
        if (told.region_code, told.household_id) is distinct from (new.region_code, new.household_id) then
          ${refusal('the step is of another household', 'notice_step_of_household')}
        end if;
        if new.version <> told.version then ${refusal('somebody was faster', 'notice_version')} end if;
        if new.on_day < told.result_on or exists (select from notice_step s where s.notice_id = told.id and (s.at > new.at or s.on_day > new.on_day)) then
          ${refusal('before the step before', 'notice_in_time')}
        end if;
        if new.kind in ('ATTEMPT', 'FAILURE') then
          if told.attempts + 1 >= coalesce(parameter_in_force('notice.attempts', told.region_code, new.on_day, new.at), 1) then
            new.kind := 'FAILURE';
            new.retry_at := null;
          elsif new.kind = 'FAILURE' then
            ${refusal('it is tried again', 'notice_legal_move')}
          end if;
        end if;
        select * into next from notice_move m where (m.from_state, m.kind, m.role) = (told.state, new.kind, new.role);
        if next.kind is null then
          if exists (select from notice_move m where (m.from_state, m.kind) = (told.state, new.kind)) then ${refusal('not at this level', 'notice_level')} end if;
          ${refusal('not from this state', 'notice_legal_move')}
        end if;
        if new.told_on not between told.result_on and new.on_day or new.kind = 'SENDING' and new.told_on <> new.on_day or new.retry_at <= new.at then
          ${refusal('told between the result and today', 'notice_told')}
        end if;
        if new.kind = 'PAPER_TASK' then
          days := coalesce(parameter_in_force('notice.paper-working-days', told.region_code, new.on_day, new.at), 0);
          told.paper_by := (select day from add_working_days(told.region_code, new.on_day, days::int));
        end if;
        new.to_state := next.to_state;
        update notice set state = next.to_state, version = told.version + 1, paper_by = told.paper_by, told_on = coalesce(new.told_on, told.told_on),
          attempts = told.attempts + (new.cause is not null)::int, next_attempt_at = coalesce(new.retry_at, told.next_attempt_at)
        where id = told.id;
        return new;
      end $$;
      revoke all on function take_notice_step from public;
      create trigger take_notice_step before insert on notice_step for each row execute function take_notice_step()`);
  }

  /** What cannot be sent is handed over on paper: nobody has to think of it. */
  private paper(): void {
    this.addSql(`
      create function failed_goes_on_paper() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        insert into notice_step (id, region_code, household_id, notice_id, version, kind, at, on_day, taken_by, role, office)
        values (gen_random_uuid(), new.region_code, new.household_id, new.notice_id, new.version + 1, 'PAPER_TASK', new.at, new.on_day, new.taken_by, 'HUB', new.office);
        return null;
      end $$;
      revoke all on function failed_goes_on_paper from public;
      create trigger failed_goes_on_paper after insert on notice_step for each row when (new.to_state = 'FAILED') execute function failed_goes_on_paper()`);
  }
}
