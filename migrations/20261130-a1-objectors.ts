import { Migration } from '@mikro-orm/migrations';

const refusal = (text: string, constraint: string): string =>
  `raise exception '${text}' using errcode = 'check_violation', constraint = '${constraint}';`;

/** 异议人: who objected, sealed under a key of its own; opened by two persons, and told. */
export class Migration20261130Objectors extends Migration {
  override up(): void {
    this.addSql(`
      alter table sealing_key drop constraint sealing_key_purpose_check,
        add constraint sealing_key_purpose_check check (purpose in ('seal','index','cursor','purpose','service','signing','pseudonym','objector'))`);
    this.addSql(`
      insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
      select gen_random_uuid(), 'objector.tell-working-days', region, 5, 'working-day', '默认值，待地方文件确定', 'UNVERIFIED', '2014-01-01', '2014-01-01'
      from unnest(array['15','45']) as region`);
    this.addSql(`
      create table objector (
        id uuid primary key references objection (id),
        region_code text not null references region (code),
        household_id uuid not null references household (id),
        sealed bytea not null,
        key_id text not null
      );
      comment on column objector.sealed is 'name and contact, under a key of the purpose objector: the key that opens the register does not open it';
      create index on objector (household_id);
      create index on objector (region_code);
      call guard_by_region('objector');
      grant select, insert on objector to anju_app;
      grant select (id, sealed, key_id) on objector to anju_engine;
      create function reseal_objectors(ids uuid[], was bytea[], becomes bytea[], under text) returns bigint
      language sql volatile security definer set search_path = public, pg_temp as $$
        with changed as (
          update objector o set sealed = g.becomes, key_id = under from unnest(ids, was, becomes) as g (id, was, becomes) where o.id = g.id and o.sealed = g.was returning 1
        ) select count(*) from changed
      $$;
      revoke all on function reseal_objectors from public;
      grant execute on function reseal_objectors to anju_engine;
      create function guard_objector() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        if not exists (select from objection o where o.id = new.id and o.state = 'FILED' and (o.region_code, o.household_id) = (new.region_code, new.household_id)) then
          ${refusal('of no objection', 'objector_of_objection')}
        end if;
        return new;
      end $$;
      revoke all on function guard_objector from public;
      create trigger guard_objector before insert on objector for each row execute function guard_objector()`);
    this.addSql(`
      create table objector_opening (
        id uuid primary key,
        region_code text not null references region (code),
        household_id uuid not null references household (id),
        objection_id uuid not null references objector (id),
        document_number text not null check (char_length(document_number) between 1 and 120),
        asked_by text not null,
        asked_at timestamptz not null,
        opened_by text check (opened_by <> asked_by),
        opened_at timestamptz check (opened_at >= asked_at),
        tell_by date,
        told_on date,
        told_by text,
        constraint objector_opening_opened check (num_nulls(opened_by, opened_at, tell_by) in (0, 3)),
        constraint objector_opening_told check (num_nulls(told_on, told_by) in (0, 2) and (told_on is null or opened_at is not null))
      );
      create unique index objector_opening_one_asked on objector_opening (objection_id) where opened_at is null;
      create index on objector_opening (objection_id);
      create index on objector_opening (household_id);
      create index on objector_opening (region_code, tell_by) where told_on is null;
      call guard_by_region('objector_opening');
      grant select, insert, update (opened_by, opened_at, tell_by, told_on, told_by) on objector_opening to anju_app;
      create function guard_objector_opening() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        if tg_op = 'INSERT' then
          if num_nonnulls(new.opened_by, new.told_by) > 0 or not exists (select from objector o where o.id = new.objection_id and (o.region_code, o.household_id) = (new.region_code, new.household_id)) then
            ${refusal('an opening is asked for first', 'objector_opening_begins')}
          end if;
        elsif old.opened_by is not null and (new.opened_by, new.opened_at, new.tell_by) is distinct from (old.opened_by, old.opened_at, old.tell_by)
          or old.told_by is not null and (new.told_on, new.told_by) is distinct from (old.told_on, old.told_by) then
          ${refusal('what was done stands', 'objector_opening_stands')}
        end if;
        return new;
      end $$;
      revoke all on function guard_objector_opening from public;
      create trigger guard_objector_opening before insert or update on objector_opening for each row execute function guard_objector_opening()`);
  }
}
