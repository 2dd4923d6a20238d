import { Migration } from '@mikro-orm/migrations';

/* 三审三公示 as it was when this was written; schema/admission/moves has it too, and a test compares the two. */
const FLOWS = {
  COUNTY_FLOW: { reviewers: ['COMMUNITY_WORKER', 'STREET_OFFICER', 'COUNTY_HOUSING'], above: 'CITY_HOUSING' },
  DISTRICTED_FLOW: { reviewers: ['STREET_OFFICER', 'COUNTY_HOUSING', 'CITY_HOUSING'], above: 'REGION_HOUSING' },
} as const;
const JOINT: readonly (readonly [flow: string, round: number, agency: string])[] = [
  ['COUNTY_FLOW', 3, 'CIVIL_AFFAIRS'],
  ['COUNTY_FLOW', 3, 'PUBLIC_SECURITY'],
  ['DISTRICTED_FLOW', 2, 'CIVIL_AFFAIRS'],
  ['DISTRICTED_FLOW', 3, 'PUBLIC_SECURITY'],
];
const STATES = [
  ...['DRAFT', 'SUBMITTED', 'IN_REVIEW', 'PUBLICITY_PENDING', 'PUBLICITY', 'PUBLICITY_ENDED', 'CLEARED'],
  ...['APPROVED', 'REJECTED', 'APPEAL', 'WITHDRAWN', 'REVOKED'],
];
type Step = readonly [from: readonly string[], kind: string, to: string, whose: string];
const STEPS: readonly Step[] = [
  [['DRAFT'], 'SUBMISSION', 'SUBMITTED', 'FIRST'],
  [['SUBMITTED'], 'RETURN', 'DRAFT', 'FIRST'],
  [['SUBMITTED'], 'ACCEPTANCE', 'IN_REVIEW', 'FIRST'],
  [['IN_REVIEW'], 'OPINION', 'IN_REVIEW', 'JOINT'],
  [['IN_REVIEW'], 'PASS', 'PUBLICITY_PENDING', 'OWN'],
  [['IN_REVIEW'], 'REJECTION', 'REJECTED', 'OWN'],
  [['PUBLICITY_PENDING'], 'POSTING', 'PUBLICITY', 'OWN'],
  [['PUBLICITY'], 'PERIOD_END', 'PUBLICITY_ENDED', 'HUB'],
  [['PUBLICITY', 'PUBLICITY_ENDED'], 'SENT_BACK', 'IN_REVIEW', 'OWN'],
  [['PUBLICITY_ENDED'], 'CLEARANCE', 'NEXT', 'OWN'],
  [['CLEARED'], 'APPROVAL', 'APPROVED', 'LAST'],
  [
    STATES.filter((state) => !['APPROVED', 'REJECTED', 'WITHDRAWN', 'REVOKED'].includes(state)),
    'WITHDRAWAL',
    'WITHDRAWN',
    'FIRST',
  ],
  [['REJECTED'], 'APPEAL', 'APPEAL', 'FIRST'],
  [['APPEAL'], 'APPEAL_UPHELD', 'IN_REVIEW', 'ABOVE'],
  [['APPEAL'], 'APPEAL_DISMISSED', 'REJECTED', 'ABOVE'],
  [['APPROVED'], 'REVOCATION', 'REVOKED', 'LAST'],
];
const KINDS = [...new Set(STEPS.map(([, kind]) => kind))];

const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(',');

/** 住房保障申请 [IM-3]: applications, their steps, publicities and objections, and the one table of moves. */
export class Migration20261129Admission extends Migration {
  override up(): void {
    this.moves();
    this.numbers();
    this.tables();
  }

  private moves(): void {
    this.addSql(`
      create table admission_move (
        flow text not null,
        round int not null check (round between 1 and 3),
        from_state text not null,
        kind text not null,
        to_state text not null,
        to_round int not null,
        role text not null,
        primary key (flow, round, from_state, kind, role)
      );
      create table admission_joint (flow text not null, round int not null, agency text not null, primary key (flow, round, agency));
      grant select on admission_move, admission_joint to anju_app;
      insert into admission_joint values ${JOINT.map(([flow, round, agency]) => `('${flow}', ${round}, '${agency}')`).join(', ')};
      insert into admission_move values ${rows().join(', ')}`);
  }

  private numbers(): void {
    this.addSql(`
      insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
      select gen_random_uuid(), 'appeal.days', region, 60, 'day', '默认值，待地方文件确定', 'UNVERIFIED', '2014-01-01', '2014-01-01'
      from unnest(array['15','45']) as region`);
    /* 统计区 and whatever else is no county has the flow that its region sets; else none, and nobody can apply there. */
    this.addSql(`
      create function admission_flow(region text, on_day date, moment timestamptz) returns text language sql stable set search_path = public, pg_temp as $$
        select case when r.division_kind in ('BANNER','COUNTY','COUNTY_CITY','AUTONOMOUS_COUNTY') then 'COUNTY_FLOW'
          when r.division_kind = 'DISTRICT' then 'DISTRICTED_FLOW'
          when r.level = 'COUNTY' then (array['COUNTY_FLOW','DISTRICTED_FLOW'])[1 + parameter_in_force('admission.zone-is-districted', region, on_day, moment)] end
        from region r where r.code = region
      $$`);
  }

  private tables(): void {
    this.addSql(`
      create table application (
        id uuid primary key,
        region_code text not null references region (code),
        household_id uuid not null references household (id),
        case_id uuid not null references housing_case (id),
        flow text not null check (flow in (${quoted(Object.keys(FLOWS))})),
        state text not null default 'DRAFT' check (state in (${quoted(STATES)})),
        round int not null default 1 check (round between 1 and 3),
        version int not null default 0,
        submitted_on date,
        receipt text,
        review_by date,
        constraint application_of_case unique (case_id)
      );
      comment on column application.version is 'how many steps were taken; a step names the version it was taken on';
      comment on column application.review_by is 'last day of the review that runs; null outside a review';
      create unique index application_one_open on application (household_id) where state not in ('APPROVED','REJECTED','WITHDRAWN','REVOKED');
      create index on application (region_code, state, id);
      create index on application (household_id);
      create table application_step (
        id uuid primary key,
        region_code text not null,
        household_id uuid not null,
        application_id uuid not null references application (id),
        version int not null,
        kind text not null check (kind in (${quoted(KINDS)})),
        round int not null,
        at timestamptz not null,
        on_day date not null,
        taken_by text not null,
        role text not null,
        office text not null,
        agency text check (agency in ('CIVIL_AFFAIRS','PUBLIC_SECURITY')),
        opinion text check (opinion in ('AGREES','OBJECTS')),
        document_number text,
        note text,
        report_hash text,
        publicity_id uuid,
        constraint application_version unique (application_id, version),
        constraint application_step_opinion check ((kind = 'OPINION') = (agency is not null) and (agency is null) = (opinion is null)),
        constraint application_step_reasons check (kind not in ('RETURN','REJECTION','SENT_BACK','WITHDRAWAL','APPEAL','APPEAL_UPHELD','APPEAL_DISMISSED','REVOCATION','PASS') or note is not null),
        constraint application_step_posting check ((kind in ('POSTING','PERIOD_END','CLEARANCE','SENT_BACK')) = (publicity_id is not null))
      );
      create index on application_step (household_id);
      create table publicity (
        id uuid primary key,
        region_code text not null references region (code),
        household_id uuid not null references household (id),
        application_id uuid not null references application (id),
        round int not null,
        place text not null,
        url text,
        snapshot text not null,
        snapshot_hash text not null check (snapshot_hash = encode(sha256(convert_to(snapshot, 'UTF8')), 'hex')),
        posted_on date not null,
        last_day date not null check (last_day > posted_on),
        state text not null default 'RUNNING' check (state in ('RUNNING','ENDED','CLEARED','UPHELD','ABANDONED'))
      );
      comment on column publicity.posted_on is 'the day it was posted, which does not count (Civil Code art. 201)';
      create unique index publicity_one_running on publicity (application_id) where state in ('RUNNING','ENDED');
      create index on publicity (state, last_day);
      create index on publicity (region_code, last_day, id);
      create index on publicity (household_id);
      create table objection (
        id uuid primary key,
        region_code text not null references region (code),
        household_id uuid not null references household (id),
        application_id uuid not null references application (id),
        publicity_id uuid not null references publicity (id),
        filed_on date not null,
        statement text not null,
        taken_by text not null,
        state text not null default 'FILED' check (state in ('FILED','NOT_ESTABLISHED','ESTABLISHED','WITHDRAWN')),
        answered_on date,
        answered_by text,
        answer text,
        constraint objection_answered check ((state = 'FILED') = (num_nonnulls(answered_on, answered_by, answer) = 0) and num_nulls(answered_on, answered_by, answer) in (0, 3))
      );
      create index on objection (publicity_id);
      create index on objection (application_id);
      create index on objection (household_id)`);
    for (const table of ['application', 'application_step', 'publicity', 'objection'])
      this.addSql(`call guard_by_region('${table}'); grant select, insert on ${table} to anju_app`);
    this.addSql(`
      grant update (state, answered_on, answered_by, answer) on objection to anju_app;
      grant select on application, publicity to anju_engine`);
  }
}

function rows(): string[] {
  return Object.entries(FLOWS).flatMap(([flow, { reviewers, above }]) =>
    [1, 2, 3].flatMap((round) =>
      STEPS.flatMap(([froms, kind, to, whose]) =>
        froms
          .filter((from) => isIn(from, round))
          .flatMap((from) => {
            const joint = JOINT.some(([of, at]) => of === flow && at === round);
            const own = reviewers[round - 1]!;
            const by: Readonly<Record<string, readonly string[]>> = {
              ...{ OWN: [own], FIRST: [reviewers[0]], LAST: [reviewers[2]], ABOVE: [above], HUB: ['HUB'] },
              JOINT: joint ? ['CIVIL_AFFAIRS', own] : [],
            };
            const [next, toRound] =
              to !== 'NEXT' ? [to, round] : round < 3 ? ['IN_REVIEW', round + 1] : ['CLEARED', round];
            return by[whose]!.map(
              (role) => `('${flow}', ${round}, '${from}', '${kind}', '${next}', ${toRound}, '${role}')`,
            );
          }),
      ),
    ),
  );
}

const isIn = (state: string, round: number): boolean =>
  ['DRAFT', 'SUBMITTED'].includes(state) ? round === 1 : ['CLEARED', 'APPROVED'].includes(state) ? round === 3 : true;
