import { Migration } from '@mikro-orm/migrations';

/**
 * Persons who may be one: keyed digests of what a slip leaves standing, so that only who shares one is compared, and the pairs found,
 * which an officer settles. Nothing is merged by anything here.
 */
export class Migration20261129IdentityMatches extends Migration {
  override up(): void {
    this.marks();
    this.matches();
  }

  private marks(): void {
    this.addSql(`
      create table person_mark (
        person_id uuid primary key references person (id) on delete cascade,
        key_id text not null,
        model integer not null,
        blocks bigint[] not null,
        registered_by text,
        screened boolean not null default false
      );
      comment on column person_mark.key_id is 'key of the digests; those under another key are made anew by the screening';
      comment on column person_mark.registered_by is 'who registered the person; null: not known';
      create index person_mark_due on person_mark (person_id) where not screened;
      create table person_block (
        digest bigint not null,
        person_id uuid not null,
        primary key (digest, person_id)
      );
      comment on table person_block is 'the digests of person_mark one by one; eight million for a million persons, so no foreign key is asked'`);
    for (const table of ['person_mark', 'person_block'])
      this.addSql(`
        alter table ${table} enable row level security;
        alter table ${table} force row level security;
        create policy engine_works on ${table} to anju_engine using (true) with check (true);
        create policy owner_all on ${table} to current_user using (true) with check (true);
        grant select, insert, update, delete on ${table} to anju_engine`);
    this.addSql(`
      create function person_unmarked() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        delete from person_block b using gone cross join unnest(gone.blocks) as own (digest) where b.digest = own.digest and b.person_id = gone.person_id;
        return null;
      end $$;
      revoke all on function person_unmarked from public;
      create trigger person_unmarked after delete on person_mark referencing old table as gone for each statement execute function person_unmarked()`);
    /* Whoever registers persons marks those it made, in its transaction; it reads no mark, and changes none. */
    this.addSql(`
      create function mark_persons(persons uuid[], digests bigint[], each integer, key text, version integer) returns void
      language plpgsql volatile security definer set search_path = public, pg_temp as $$
      declare
        made uuid[];
      begin
        with fresh as (
          insert into person_mark (person_id, key_id, model, blocks, registered_by)
          select p.id, key, version, digests[(given.place - 1) * each + 1 : given.place * each],
            nullif(current_setting('app.caller', true), '')::jsonb ->> 'subject'
          from unnest(persons) with ordinality as given (id, place) join person p on p.id = given.id
          where p.region_code = any ((select hub_regions())::text[])
          on conflict do nothing returning person_id
        )
        select array_agg(person_id) into made from fresh;
        insert into person_block (digest, person_id)
          select distinct own.digest, m.person_id from person_mark m cross join unnest(m.blocks) as own (digest) where m.person_id = any (made);
      end $$;
      revoke all on function mark_persons from public;
      grant execute on function mark_persons to anju_app`);
    this.addSql(`
      create function person_renamed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        update person_mark m set key_id = '', screened = false from new_rows n join old_rows o on o.id = n.id
        where m.person_id = n.id and (n.name, n.birth_date) is distinct from (o.name, o.birth_date);
        return null;
      end $$;
      revoke all on function person_renamed from public;
      create trigger person_renamed after update on person referencing old table as old_rows new table as new_rows
        for each statement execute function person_renamed()`);
  }

  private matches(): void {
    this.addSql(`
      create table identity_match (
        id uuid primary key,
        person_a uuid not null references person (id),
        person_b uuid not null references person (id),
        region_code text not null references region (code),
        other_region text not null references region (code),
        score double precision not null,
        tier text not null check (tier in ('AUTO','REVIEW')),
        model integer not null,
        levels jsonb not null,
        registered_by text[] not null,
        found_at timestamptz not null,
        state text not null default 'OPEN' check (state in ('OPEN','SAME','DIFFERENT')),
        reviewed_at timestamptz,
        reviewed_by text,
        reviewed_role text,
        reviewed_office text,
        reason text,
        former jsonb not null default '[]',
        constraint identity_match_of_two check (person_a <> person_b),
        constraint identity_match_reviewed check ((state = 'OPEN') = (num_nonnulls(reviewed_at, reviewed_by, reviewed_role, reviewed_office, reason) = 0)
          and num_nulls(reviewed_at, reviewed_by, reviewed_role, reviewed_office, reason) in (0, 5)),
        constraint identity_match_by_another check (reviewed_by <> all (registered_by))
      );
      comment on column identity_match.region_code is 'where person_a is registered; other_region, where person_b is';
      comment on column identity_match.former is 'reviews that another officer has overruled, oldest first';
      create unique index identity_match_once on identity_match (least(person_a, person_b), greatest(person_a, person_b));
      create index on identity_match (person_a);
      create index on identity_match (person_b);
      create index on identity_match (region_code);
      create index on identity_match (other_region)`);
    /* Whoever may know of one of the two only does not learn that there is another. */
    this.addSql(`
      alter table identity_match enable row level security;
      alter table identity_match force row level security;
      create policy app_scope on identity_match to anju_app
        using (region_code = any ((select hub_regions())::text[]) and other_region = any ((select hub_regions())::text[]));
      create policy engine_works on identity_match to anju_engine using (true) with check (true);
      create policy owner_all on identity_match to current_user using (true) with check (true);
      grant select, update (state, reviewed_at, reviewed_by, reviewed_role, reviewed_office, reason) on identity_match to anju_app;
      grant select, insert, update, delete on identity_match to anju_engine`);
    this.addSql(`
      create function guard_identity_match() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' then
          if old.state <> 'OPEN' then
            raise exception 'what was reviewed stays' using errcode = 'check_violation', constraint = 'identity_match_stays';
          end if;
          return old;
        end if;
        if session_user = 'anju_engine' and new.state <> 'OPEN' then
          raise exception 'the machine reviews nothing' using errcode = 'check_violation', constraint = 'identity_match_by_officer';
        end if;
        if tg_op = 'INSERT' then
          return new;
        end if;
        new.former := old.former;
        if old.state <> 'OPEN' then
          if new.state in ('OPEN', old.state) or new.reviewed_by = old.reviewed_by then
            raise exception 'another person overrules, by another word' using errcode = 'check_violation', constraint = 'identity_match_overruled';
          end if;
          new.former := old.former || jsonb_build_object('state', old.state, 'at', old.reviewed_at, 'by', old.reviewed_by,
            'role', old.reviewed_role, 'office', old.reviewed_office, 'reason', old.reason);
        end if;
        return new;
      end $$;
      create trigger guard_identity_match before insert or update or delete on identity_match for each row execute function guard_identity_match()`);
  }
}
