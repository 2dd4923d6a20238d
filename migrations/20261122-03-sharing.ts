import { Migration } from '@mikro-orm/migrations';

/** Purposes, letters, partners, parameters: under which law a question may be asked. */
export class Migration20261122Sharing extends Migration {
  override up(): void {
    this.addSql(`
      create table purpose (
        code text primary key,
        title text not null,
        basis text not null,
        sources text[] not null,
        fields text[] not null
      )`);
    this.addSql(`comment on column purpose.fields is 'fields of sources this purpose names, as source.field'`);
    this.addSql(`
      create table letter (
        id uuid primary key,
        region_code text not null references region (code),
        household_id uuid not null references household (id),
        case_id uuid not null references housing_case (id),
        purpose text not null references purpose (code),
        sources text[] not null,
        notice_version text not null,
        signed_on date not null,
        valid_until date not null,
        ended_on date,
        end_reason text check (end_reason in ('WITHDRAWN','CASE_CLOSED','MEMBERS_CHANGED','EXIT','FAILED')),
        registered_by text not null
      )`);
    this.addSql('create index on letter (case_id, purpose)');
    this.addSql('create index on letter (region_code, household_id)');
    this.addSql(`
      create table letter_member (
        letter_id uuid not null references letter (id),
        person_id uuid not null references person (id),
        region_code text not null references region (code),
        signature text not null check (signature in ('SELF','GUARDIAN')),
        signed_by uuid not null references person (id),
        primary key (letter_id, person_id)
      )`);
    for (const table of ['letter', 'letter_member']) {
      this.addSql(`call guard_by_region('${table}')`);
      this.addSql(`grant select, insert, update on ${table} to anju_app`);
      this.addSql(`grant select on ${table} to anju_engine`);
    }
    this.addSql(`
      create table partner (
        client_id text primary key,
        name text not null,
        agency text not null,
        purposes text[] not null,
        fields text[] not null,
        valid_from date not null,
        valid_until date not null
      )`);
    this.addSql(`
      create table parameter (
        id uuid primary key,
        code text not null,
        region_code text references region (code),
        programme text,
        value bigint not null,
        unit text not null,
        document_number text not null,
        mark text not null check (mark in ('SEED','NATIONAL','LOCAL','UNVERIFIED')),
        valid_from date not null,
        valid_to date,
        known_from timestamptz not null default now()
      )`);
    this.addSql('create index on parameter (code, region_code)');
    this.addSql('grant select on purpose, partner, parameter to anju_app, anju_engine');
    this.addSql(`
      create table idempotency_key (
        client text not null,
        key text not null,
        request_hash bytea not null,
        result_id uuid not null,
        at timestamptz not null default now(),
        primary key (client, key)
      )`);
    this.addSql('grant select, insert on idempotency_key to anju_app');
  }
}
