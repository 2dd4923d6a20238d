import { Migration } from '@mikro-orm/migrations';

const FROM = '2026-10-01';
const QUARTERS = 12;

/** Answers of agencies, cross-checks, evaluations, reports. Growing tables are partitioned by quarter. */
export class Migration20261122Evidence extends Migration {
  override up(): void {
    /* One row per person, source and asking; append only. A deferred answer is a second row with the same query_id. */
    this.addSql(`
      create table answer (
        id uuid not null,
        at timestamptz not null,
        region_code text not null,
        household_id uuid not null,
        person_id uuid not null,
        case_id uuid not null,
        letter_id uuid not null,
        purpose text not null,
        source text not null,
        status text not null check (status in ('FOUND','NOT_FOUND','PENDING','UNAVAILABLE','REFUSED','AMBIGUOUS','CONFLICT','IN_DOUBT')),
        fields text[] not null,
        value jsonb,
        source_record_id text,
        as_of timestamptz,
        max_age interval not null,
        covered boolean not null default false,
        coverage jsonb,
        query_id uuid not null,
        reason text,
        asked_at timestamptz not null,
        due_at timestamptz,
        retry_at timestamptz,
        primary key (id, at)
      ) partition by range (at)`);
    this.addSql(
      `comment on column answer.covered is 'the source declares coverage of the regions asked about: only then NOT_FOUND may decide'`,
    );
    this.addSql('create index on answer (household_id, person_id, source, at desc)');
    this.addSql('create index on answer (query_id)');
    this.addSql('create index on answer (region_code, at)');
    /* A batch an agency answers later. The people and letters it asks about are its PENDING answers. */
    this.addSql(`
      create table deferred_query (
        query_id uuid primary key,
        source text not null,
        ticket text not null,
        asked_at timestamptz not null,
        due_at timestamptz not null,
        next_poll_at timestamptz not null,
        collected_at timestamptz
      )`);
    this.addSql('create index on deferred_query (next_poll_at) where collected_at is null');
    this.addSql(`
      create table cross_check (
        id uuid primary key,
        region_code text not null references region (code),
        purpose text not null references purpose (code),
        requested_by text not null,
        as_of date not null,
        state text not null check (state in ('REQUESTED','RUNNING','AWAITING','COMPLETED')),
        total int not null,
        done int not null default 0,
        requested_at timestamptz not null,
        finished_at timestamptz,
        scope_regions text[] not null
      )`);
    this.addSql('create index on cross_check (region_code, requested_at)');
    this.addSql(`
      create table cross_check_household (
        cross_check_id uuid not null references cross_check (id),
        ordinal int not null,
        region_code text not null references region (code),
        household_id uuid not null references household (id),
        case_id uuid not null references housing_case (id),
        letter_id uuid references letter (id),
        state text not null check (state in ('WAITING','AWAITING','DONE')),
        primary key (cross_check_id, ordinal),
        unique (cross_check_id, household_id)
      )`);
    this.addSql('create index on cross_check_household (region_code, household_id)');
    /* The codes of a set of rules in order; arrays of an evaluation follow it. */
    this.addSql(
      `create table rule_set (version text primary key, codes text[] not null, declared_at timestamptz not null default now())`,
    );
    this.addSql(`
      create table evaluation (
        id uuid not null,
        at timestamptz not null,
        region_code text not null,
        household_id uuid not null,
        case_id uuid not null,
        cross_check_id uuid,
        rule_set text not null,
        as_of date not null,
        outcome text[] not null,
        observed bigint[] not null,
        threshold bigint[] not null,
        evidence uuid[] not null,
        evidence_source text[] not null,
        conclusion text not null check (conclusion in ('ELIGIBLE','INELIGIBLE_PROPOSED','PENDING_EVIDENCE')),
        primary key (id, at)
      ) partition by range (at)`);
    this.addSql('create index on evaluation (household_id, at desc)');
    this.addSql('create index on evaluation (cross_check_id, household_id)');
    this.addSql(`
      create table report (
        id uuid not null,
        at timestamptz not null,
        region_code text not null,
        cross_check_id uuid not null,
        household_id uuid not null,
        version int not null,
        final boolean not null,
        body text not null,
        hash text not null,
        signature text not null,
        primary key (id, at)
      ) partition by range (at)`);
    this.addSql('create index on report (cross_check_id, household_id, version desc)');
    for (const table of ['answer', 'evaluation', 'report']) {
      this.addSql(`select ensure_partitions('${table}', '${FROM}', ${QUARTERS})`);
    }
    for (const table of ['answer', 'cross_check', 'cross_check_household', 'evaluation', 'report']) {
      this.addSql(`call guard_by_region('${table}')`);
      this.addSql(`grant select, insert on ${table} to anju_app`);
      this.addSql(`grant select on ${table} to anju_engine`);
    }
    this.addSql(`
      create policy engine_writes on evaluation for insert to anju_engine with check (true);
      grant insert on evaluation to anju_engine;
      grant update on cross_check, cross_check_household to anju_app;
      grant select, insert, update on deferred_query to anju_app;
      grant select, insert on rule_set to anju_app, anju_engine`);
  }
}
