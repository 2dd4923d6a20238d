import { Migration } from '@mikro-orm/migrations';

/* As the table was first kept; what they are now: schema/allocation/step. */
const STEPS: readonly (readonly [code: string, title: string])[] = [
  ['ANNOUNCE_DWELLINGS', '公开待分配房源'],
  ['ACCEPT_REGISTRATION', '受理报名申请'],
  ['PUBLISH_APPLICANTS', '公开申请对象'],
  ['REVIEW_QUALIFICATION', '资格复审'],
  ['PUBLICISE_QUALIFIED', '公示获得租购资格的申请人'],
  ['ORDER_QUEUE', '确定分配顺序'],
  ['DRAW', '抽签摇号'],
  ['SELECT_DWELLINGS', '选房'],
  ['PUBLISH_RESULTS', '公布分配结果'],
  ['SIGN_CONTRACTS', '签订合同'],
  ['PUBLISH_REMAINDER', '公布剩余房源'],
];
/** The same tables as in schema/transitions; a test compares. */
const MOVES = [
  ['allocation_procedure', 'DRAFT', 'DRAFT'],
  ['allocation_procedure', 'DRAFT', 'SUBMITTED'],
  ['allocation_procedure', 'SUBMITTED', 'APPROVED'],
  ['allocation_batch', 'OPEN', 'OPEN'],
  ['allocation_batch', 'OPEN', 'CLOSED'],
  ['allocation_batch', 'CLOSED', 'CLOSED'],
];
/** 规程 7.2.2 names four steps; it is Guangxi's. Of how many days it says nothing: that number is each region's. */
const DEMANDED = [
  ['announce', '(1)'],
  ['applicants', '(2)'],
  ['publicity', '(3)'],
  ['remainder', '(4)'],
];

/** 分配程序、分配批次 and what is on record of its steps [GX-6.2.1(1), GX-6.2.2]. */
export class Migration20261130Allocation extends Migration {
  override up(): void {
    const quoted = (rows: readonly (readonly string[])[]) =>
      rows.map((row) => `(${row.map((word) => `'${word}'`).join(', ')})`).join(', ');
    this.addSql(`
      create table allocation_step_title (code text primary key, title text not null unique);
      insert into allocation_step_title values ${quoted(STEPS)};
      grant select on allocation_step_title to anju_app;
      insert into legal_move values ${quoted(MOVES)}`);
    const flags = DEMANDED.map(
      ([step, item]) => `('allocation.${step}-required', '广西住房保障资源配置监管规程7.2.2${item}')`,
    );
    this.addSql(`
      insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
      select gen_random_uuid(), code, '45', 1, 'flag', document, 'SEED', '2014-01-01', '2014-01-01' from (values ${flags.join(', ')}) as f (code, document)`);
    this.procedure();
    this.batch();
    this.published();
  }

  private procedure(): void {
    this.addSql(`
      create table allocation_procedure (
        id uuid primary key,
        region_code text not null references region (code),
        version int not null check (version > 0),
        edition int not null,
        state text not null check (state in ('DRAFT','SUBMITTED','APPROVED')),
        title text not null,
        text text not null,
        legal_basis jsonb not null check (jsonb_typeof(legal_basis) = 'array'),
        steps jsonb not null check (jsonb_typeof(steps) = 'array'),
        drafted_at timestamptz not null,
        drafted_by text not null,
        submitted_on date,
        submitted_by text,
        approving_body text,
        document_number text,
        approved_on date,
        valid_from date,
        approval_recorded_at timestamptz,
        approval_recorded_by text,
        constraint allocation_procedure_version unique (region_code, version),
        constraint allocation_procedure_submitted check ((state = 'DRAFT') = (submitted_on is null) and (submitted_on is null) = (submitted_by is null)),
        constraint allocation_procedure_approved check (num_nulls(approving_body, document_number, approved_on, valid_from, approval_recorded_at, approval_recorded_by)
          = case state when 'APPROVED' then 0 else 6 end),
        constraint allocation_procedure_reference check (btrim(document_number) <> ''),
        constraint allocation_procedure_begins check (valid_from >= approved_on)
      );
      comment on column allocation_procedure.legal_basis is 'array of {title, documentNumber, article?}';
      comment on column allocation_procedure.steps is 'codes of allocation_step_title, in the order in which they are to be taken';
      create unique index allocation_one_draft on allocation_procedure (region_code) where state = 'DRAFT';
      create index on allocation_procedure (region_code, state, valid_from);
      call guard_by_region('allocation_procedure');
      grant select, insert, update on allocation_procedure to anju_app`);
    this.addSql(`
      create function allocation_procedure_in_force(region text, on_day date) returns uuid language sql stable security definer set search_path = public, pg_temp as $$
        select id from allocation_procedure where region_code = region and state = 'APPROVED' and valid_from <= on_day order by valid_from desc limit 1
      $$;
      comment on function allocation_procedure_in_force is 'the version of a region''s own procedure in force on a day; null where none is approved for it';
      revoke all on function allocation_procedure_in_force from public;
      grant execute on function allocation_procedure_in_force to anju_app`);
  }

  private batch(): void {
    this.addSql(`
      create table allocation_batch (
        id uuid primary key,
        region_code text not null references region (code),
        name text not null,
        procedure_id uuid not null references allocation_procedure (id),
        state text not null default 'OPEN' check (state in ('OPEN','CLOSED')),
        version int not null default 0,
        opened_on date not null,
        opened_at timestamptz not null,
        opened_by text not null,
        closed_on date check (closed_on >= opened_on),
        closed_by text,
        constraint allocation_batch_once unique (region_code, name),
        constraint allocation_batch_closing check ((state = 'CLOSED') = (closed_on is not null) and (closed_on is null) = (closed_by is null))
      );
      create index on allocation_batch (procedure_id);
      create table allocation_batch_step (
        id uuid primary key,
        region_code text not null,
        batch_id uuid not null references allocation_batch (id),
        version int not null,
        step text not null references allocation_step_title (code),
        on_day date,
        at timestamptz not null,
        taken_by text not null,
        role text not null,
        office text not null,
        evidence_hash text check (evidence_hash ~ '^[0-9a-f]{64}$'),
        evidence_url text,
        correction text,
        constraint allocation_batch_version unique (batch_id, version),
        constraint allocation_step_evidence check (num_nonnulls(evidence_hash, evidence_url) > 0)
      );
      comment on column allocation_batch_step.on_day is 'null where the day is not known';
      call guard_by_region('allocation_batch');
      call guard_by_region('allocation_batch_step');
      grant select, insert, update (state, version, closed_on, closed_by) on allocation_batch to anju_app;
      grant select, insert on allocation_batch_step to anju_app`);
  }

  private published(): void {
    this.addSql(`
      create table published_allocation_procedure (
        id uuid primary key references allocation_procedure (id),
        region_code text not null references region (code),
        version int not null,
        title text not null,
        text text not null,
        legal_basis jsonb not null,
        steps jsonb not null,
        approving_body text not null,
        document_number text not null,
        approved_on date not null,
        valid_from date not null
      );
      comment on table published_allocation_procedure is 'what anybody may read of approved procedures; the approval alone writes it';
      create index on published_allocation_procedure (region_code, valid_from desc);
      grant select on published_allocation_procedure to anju_public_reader`);
  }
}
