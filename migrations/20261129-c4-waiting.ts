import { Migration } from '@mikro-orm/migrations';

/* As it was when this was written; schema/waiting/moves has it too, and a test compares the two. */
const OFFICE = { COUNTY_FLOW: 'COUNTY_HOUSING', DISTRICTED_FLOW: 'CITY_HOUSING' } as const;
const STATES = ['ACTIVE', 'INVITED', 'IN_BATCH', 'DEFERRED', 'SUSPENDED', 'FULFILLED', 'REMOVED'];
const STEPS: readonly (readonly [from: readonly string[], kind: string, to: string, whose: 'OFFICE' | 'HUB'])[] = [
  [['ACTIVE'], 'INVITATION', 'INVITED', 'OFFICE'],
  [['INVITED'], 'REGISTRATION', 'IN_BATCH', 'OFFICE'],
  [['IN_BATCH'], 'ALLOTMENT', 'FULFILLED', 'OFFICE'],
  [['INVITED', 'IN_BATCH'], 'DECLINE', 'ACTIVE', 'OFFICE'],
  [['INVITED', 'IN_BATCH'], 'DEFERRAL', 'DEFERRED', 'OFFICE'],
  [['INVITED', 'IN_BATCH'], 'LAST_REFUSAL', 'REMOVED', 'OFFICE'],
  [['DEFERRED'], 'RETURN', 'ACTIVE', 'HUB'],
  [['ACTIVE'], 'SUSPENSION', 'SUSPENDED', 'OFFICE'],
  [['SUSPENDED'], 'RESUMPTION', 'ACTIVE', 'OFFICE'],
  [['INVITED', 'IN_BATCH', 'FULFILLED'], 'RESTORATION', 'ACTIVE', 'OFFICE'],
  [['ACTIVE', 'INVITED', 'IN_BATCH', 'DEFERRED', 'SUSPENDED'], 'REMOVAL', 'REMOVED', 'OFFICE'],
];
const KINDS = [...new Set(STEPS.map(([, kind]) => kind))];
/** Nobody has verified these: each region sets its own. */
const NUMBERS: readonly (readonly [code: string, value: number, unit: string])[] = [
  ['waiting.points-housing', 400, 'point'],
  ['waiting.points-income', 300, 'point'],
  ['waiting.points-year', 50, 'point'],
  ['waiting.points-choice', 100, 'point'],
  ['waiting.points-funds', 100, 'point'],
  ['waiting.refusal-limit', 3, 'time'],
];

const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(',');

/** 轮候 [GX-6.2.1(2)]: who waits for what since when, the steps, what was decided past the order, and the places of every night. */
export class Migration20261129Waiting extends Migration {
  override up(): void {
    this.numbers();
    this.moves();
    this.entries();
    this.words();
    this.places();
  }

  private numbers(): void {
    const rows = NUMBERS.map(([code, value, unit]) => `('${code}', ${value}, '${unit}')`).join(', ');
    this.addSql(`
      insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
      select gen_random_uuid(), n.code, region, n.value, n.unit, '默认值，待地方文件确定', 'UNVERIFIED', '2014-01-01', '2014-01-01'
      from unnest(array['15','45']) as region cross join (values ${rows}) as n (code, value, unit)`);
  }

  private moves(): void {
    const rows = Object.entries(OFFICE).flatMap(([flow, office]) =>
      STEPS.flatMap(([froms, kind, to, whose]) =>
        froms.map((from) => `('${flow}', '${from}', '${kind}', '${to}', '${whose === 'HUB' ? 'HUB' : office}')`),
      ),
    );
    this.addSql(`
      create table waiting_move (flow text not null, from_state text not null, kind text not null, to_state text not null, role text not null,
        primary key (flow, from_state, kind));
      grant select on waiting_move to anju_app;
      insert into waiting_move values ${rows.join(', ')}`);
  }

  private entries(): void {
    this.addSql(`
      create table waiting_queue (
        region_code text not null references region (code),
        programme text not null,
        run int not null default 0,
        day date,
        rule jsonb,
        primary key (region_code, programme)
      );
      comment on column waiting_queue.run is 'how often it was put in order; what is written names the run after which it came';
      comment on column waiting_queue.rule is 'the numbers by which it was last put in order';
      create table waiting_list_entry (
        id uuid primary key,
        region_code text not null,
        household_id uuid not null references household (id),
        application_id uuid not null references application (id),
        programme text not null,
        flow text not null check (flow in (${quoted(Object.keys(OFFICE))})),
        entered_on date not null,
        area_cm2 bigint check (area_cm2 >= 0),
        income_fen bigint check (income_fen >= 0),
        recognised boolean,
        choice_met boolean,
        state text not null default 'ACTIVE' check (state in (${quoted(STATES)})),
        refusals int not null default 0,
        deferred_until date,
        batch text,
        version int not null default 0,
        after_run int not null default 0,
        constraint waiting_of_application unique (application_id),
        foreign key (region_code, programme) references waiting_queue,
        check ((state = 'DEFERRED') = (deferred_until is not null))
      );
      comment on column waiting_list_entry.entered_on is 'day of the approval; it stays whatever happens';
      comment on column waiting_list_entry.area_cm2 is 'per head, of the report on which it was approved; null: unknown, like the other factors';
      create unique index waiting_one_live on waiting_list_entry (household_id) where state not in ('FULFILLED','REMOVED');
      create index on waiting_list_entry (region_code, programme, state);
      create index on waiting_list_entry (household_id)`);
  }

  private words(): void {
    this.addSql(`
      create table waiting_step (
        id uuid primary key,
        region_code text not null,
        household_id uuid not null,
        entry_id uuid not null references waiting_list_entry (id),
        version int not null,
        kind text not null check (kind in (${quoted(KINDS)})),
        to_state text not null default '',
        at timestamptz not null,
        on_day date not null,
        taken_by text not null,
        role text not null,
        office text not null,
        batch text,
        deferred_until date,
        document_number text,
        note text,
        after_run int not null default 0,
        constraint waiting_version unique (entry_id, version),
        constraint waiting_step_batch check ((kind = 'INVITATION') = (batch is not null)),
        constraint waiting_step_reasons check (kind in ('INVITATION','REGISTRATION','ALLOTMENT','RETURN') or note is not null),
        constraint waiting_step_decision check (kind not in ('REMOVAL','RESTORATION') or document_number is not null)
      );
      create index on waiting_step (household_id);
      create table waiting_exception (
        id uuid primary key,
        region_code text not null,
        household_id uuid not null,
        entry_id uuid not null references waiting_list_entry (id),
        version int not null,
        from_rank int not null,
        to_rank int not null,
        document_number text not null,
        reason text not null,
        at timestamptz not null,
        on_day date not null,
        decided_by text not null,
        role text not null,
        office text not null,
        after_run int not null default 0
      );
      create index on waiting_exception (entry_id);
      create index on waiting_exception (region_code, on_day, id)`);
    for (const table of ['waiting_list_entry', 'waiting_step', 'waiting_exception'])
      this.addSql(`
        call guard_by_region('${table}');
        grant select, insert on ${table} to anju_app;
        grant select on ${table} to anju_engine`);
  }

  /** The machine alone writes places: nobody can be put somewhere by hand. */
  private places(): void {
    this.addSql(`
      create table waiting_rank (
        entry_id uuid primary key references waiting_list_entry (id),
        region_code text not null,
        household_id uuid not null,
        programme text not null,
        rank int not null check (rank > 0),
        points int not null check (points >= 0)
      );
      create index on waiting_rank (region_code, programme, rank);
      create table waiting_difference (
        id uuid primary key,
        region_code text not null,
        household_id uuid not null,
        entry_id uuid not null references waiting_list_entry (id),
        run int not null,
        on_day date not null,
        stood int,
        computed int,
        constraint waiting_difference_once unique (entry_id, run),
        check (stood is distinct from computed)
      );
      create index on waiting_difference (region_code, on_day, id);
      call guard_by_region('waiting_queue');
      grant select, insert, update on waiting_queue to anju_engine;
      create policy engine_runs on waiting_queue to anju_engine using (true) with check (true)`);
    for (const table of ['waiting_rank', 'waiting_difference'])
      this.addSql(`
        call guard_by_region('${table}');
        grant select on ${table} to anju_app;
        create policy engine_writes on ${table} to anju_engine using (true) with check (true)`);
    this.addSql(`
      grant select, insert, update, delete on waiting_rank to anju_engine;
      grant select, insert on waiting_difference to anju_engine;
      grant select on waiting_queue to anju_app`);
  }
}
