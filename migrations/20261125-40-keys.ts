import { Migration } from '@mikro-orm/migrations';

/** The key table (envelope encryption) and where a rotation stands. Material is wrapped under a master key that is not here. */
export class Migration20261125Keys extends Migration {
  override up(): void {
    this.addSql(`
      create table sealing_key (
        purpose text not null check (purpose in ('seal','index','cursor','purpose','service','signing','pseudonym')),
        id text not null,
        provider text not null check (provider in ('aes','sm','es256','sm2')),
        state text not null check (state in ('NEXT','READY','CURRENT','RETIRING','RETIRED')),
        wrapped bytea,
        wrapped_by text not null,
        public_jwk jsonb,
        created_at timestamptz not null default now(),
        ready_at timestamptz not null,
        retire_at timestamptz,
        retired_at timestamptz,
        primary key (purpose, id),
        check ((state = 'RETIRED') = (wrapped is null)),
        check ((state in ('RETIRING','RETIRED')) = (retire_at is not null))
      )`);
    this.addSql(`
      comment on table sealing_key is 'data keys, wrapped; a retired one has lost its material';
      comment on column sealing_key.ready_at is 'from then on every process has heard of the key, and it may be used';
      comment on column sealing_key.retire_at is 'not before: what it signed is valid that long'`);
    /* One key of a purpose is in use, and at most one is on its way in. */
    this.addSql(`
      create unique index on sealing_key (purpose) where state = 'CURRENT';
      create unique index on sealing_key (purpose) where state in ('NEXT','READY')`);
    this.addSql(`
      create table key_rotation (
        purpose text not null,
        key_id text not null,
        step text not null,
        position uuid,
        done bigint not null default 0,
        started_at timestamptz not null default now(),
        finished_at timestamptz,
        primary key (purpose, key_id)
      )`);
    this.addSql(
      `comment on column key_rotation.position is 'the last row of the step under way; a killed run goes on behind it'`,
    );
    this.addSql(`
      grant select on sealing_key to anju_app, anju_engine;
      grant insert, update on sealing_key to anju_engine;
      grant select, insert, update on key_rotation to anju_engine`);
    this.addSql(`
      create function tell_of_keys() returns trigger language plpgsql as $$
      begin
        perform pg_notify('sealing_key', '');
        return null;
      end $$;
      create trigger tell after insert or update on sealing_key for each statement execute function tell_of_keys()`);
  }
}
