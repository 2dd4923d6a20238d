import { Migration } from '@mikro-orm/migrations';

/* As it was when this was written; schema/notice/moves has it too, and a test compares the two. */
const OFFICES = ['COMMUNITY_WORKER', 'STREET_OFFICER', 'COUNTY_HOUSING', 'CITY_HOUSING'];
const STEPS: readonly (readonly [from: readonly string[], kind: string, to: string, roles: readonly string[]])[] = [
  [['DUE'], 'ATTEMPT', 'DUE', ['HUB']],
  [['DUE'], 'FAILURE', 'FAILED', ['HUB']],
  [['DUE'], 'SENDING', 'SENT', ['HUB']],
  [['FAILED'], 'PAPER_TASK', 'PAPER_TASK', ['HUB']],
  [['SENT'], 'READING', 'READ', ['APPLICANT_SELF', ...OFFICES]],
  [['DUE', 'SENT', 'PAPER_TASK'], 'PAPER_DELIVERY', 'PAPER_DELIVERED', OFFICES],
];
const STATES = ['DUE', 'SENT', 'READ', 'FAILED', 'PAPER_TASK', 'PAPER_DELIVERED'];
const KINDS = [...new Set(STEPS.map(([, kind]) => kind))];
/** What is told, and in which words; {…} is filled in from the result. */
const WORDING: readonly (readonly [kind: string, words: string])[] = [
  ['APPROVED', '您的住房保障申请已于{day}批准。'],
  ['REFUSED', '您的住房保障申请于{day}经审核不予批准。理由：{reason}。可以提出申诉，最后一日：{until}。'],
  ['RETURNED', '您的住房保障申请于{day}退回补正。须一次补正的事项：{reason}。'],
  ['REVOKED', '您的住房保障批准已于{day}撤销，文号：{number}。理由：{reason}。'],
  ['OBJECTION_DECIDED', '对您申请公示的异议已于{day}核实，结果：{outcome}。'],
  ['APPEAL_DECIDED', '您的申诉已于{day}决定，结果：{outcome}。理由：{reason}。'],
  ['QUEUE_REMOVED', '您已于{day}退出轮候。理由：{reason}。'],
  [
    'YEARLY_REVIEW_DECIDED',
    '您的年度复核已于{day}决定，结果：{outcome}。理由：{reason}。依据：{basis}。提出异议的最后一日：{until}。',
  ],
];
const NUMBERS: readonly (readonly [code: string, value: number, unit: string])[] = [
  ['notice.working-days', 5, 'working-day'],
  ['notice.paper-working-days', 5, 'working-day'],
  ['notice.attempts', 5, 'time'],
];

const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(',');

/** 告知 [GX-10.4.3-3]: who has to be told what by when, and what became of it. */
export class Migration20261130Notices extends Migration {
  override up(): void {
    this.numbers();
    this.words();
    this.tables();
  }

  private numbers(): void {
    const rows = NUMBERS.map(([code, value, unit]) => `('${code}', ${value}, '${unit}')`).join(', ');
    this.addSql(`
      insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
      select gen_random_uuid(), n.code, region, n.value, n.unit, '默认值，待地方文件确定', 'UNVERIFIED', '2014-01-01', '2014-01-01'
      from unnest(array['15','45']) as region cross join (values ${rows}) as n (code, value, unit)`);
  }

  private words(): void {
    const moves = STEPS.flatMap(([froms, kind, to, roles]) =>
      froms.flatMap((from) => roles.map((role) => `('${from}', '${kind}', '${to}', '${role}')`)),
    );
    this.addSql(`
      create table notice_move (from_state text not null, kind text not null, to_state text not null, role text not null, primary key (from_state, kind, role));
      insert into notice_move values ${moves.join(', ')};
      create table notice_wording (kind text primary key, words text not null);
      insert into notice_wording values ${WORDING.map(([kind, words]) => `('${kind}', '${words}')`).join(', ')};
      grant select on notice_move, notice_wording to anju_app`);
  }

  private tables(): void {
    this.addSql(`
      create table notice (
        id uuid primary key,
        region_code text not null references region (code),
        household_id uuid not null references household (id),
        person_id uuid not null references person (id),
        kind text not null references notice_wording (kind),
        basis_id uuid not null,
        result_on date not null,
        body text not null,
        due_on date not null,
        due_provisional boolean not null,
        next_attempt_at timestamptz not null,
        attempts int not null default 0,
        told_on date,
        paper_by date,
        state text not null default 'DUE' check (state in (${quoted(STATES)})),
        version int not null default 0,
        constraint notice_once unique (basis_id, kind),
        check ((told_on is not null) = (state in ('SENT','READ','PAPER_DELIVERED')))
      );
      comment on column notice.basis_id is 'the step, answer or decision that it tells of';
      comment on column notice.result_on is 'day of that result';
      comment on column notice.body is 'what is told, as it was on the day of the result';
      comment on column notice.paper_by is 'last day to hand it over on paper, once sending has failed';
      create index on notice (household_id);
      create index on notice (person_id);
      create index on notice (region_code, due_on, id);
      create index on notice (next_attempt_at) where state = 'DUE';
      create table notice_step (
        id uuid primary key,
        region_code text not null,
        household_id uuid not null,
        notice_id uuid not null references notice (id),
        version int not null,
        kind text not null check (kind in (${quoted(KINDS)})),
        to_state text not null default '',
        at timestamptz not null,
        on_day date not null,
        taken_by text not null,
        role text not null,
        office text not null,
        told_on date,
        cause text check (cause ~ '^[A-Z0-9_]{1,40}$'),
        retry_at timestamptz,
        document_number text,
        constraint notice_version unique (notice_id, version),
        constraint notice_step_cause check ((kind in ('ATTEMPT','FAILURE')) = (cause is not null) and (kind = 'ATTEMPT') = (retry_at is not null)),
        constraint notice_step_told check ((kind in ('SENDING','PAPER_DELIVERY')) = (told_on is not null)),
        constraint notice_step_evidence check (document_number is not null or kind not in ('READING','PAPER_DELIVERY') or (kind = 'READING' and role = 'APPLICANT_SELF'))
      );
      create index on notice_step (household_id)`);
    for (const table of ['notice', 'notice_step'])
      this.addSql(`call guard_by_region('${table}'); grant select on ${table} to anju_app`);
    this.addSql(`
      grant insert on notice_step to anju_app;
      grant select (id, region_code, state, version, due_on, next_attempt_at, attempts) on notice to anju_engine`);
  }
}
