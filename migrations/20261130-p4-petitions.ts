import { Migration } from '@mikro-orm/migrations';

/** 信访、举报 [GX-10.2.4]: that one came, what was decided, that it was carried out. Who it came from and what it says stays in its paper file. */
export class Migration20261130Petitions extends Migration {
  override up(): void {
    this.addSql(`
      create table petition (
        id uuid primary key,
        region_code text not null references region (code),
        kind text not null check (kind in ('PETITION','REPORT')),
        register_number text not null,
        received_on date not null,
        received_by text not null,
        decision text check (decision in ('TO_BE_CARRIED_OUT','NOT_ESTABLISHED')),
        decision_document text,
        decided_on date,
        decided_by text,
        implementation_document text,
        implemented_on date,
        implemented_by text,
        constraint petition_once unique (region_code, register_number),
        constraint petition_decided check (num_nulls(decision, decision_document, decided_on, decided_by) in (0, 4) and decided_on >= received_on),
        constraint petition_implemented check (num_nulls(implementation_document, implemented_on, implemented_by) in (0, 3)),
        constraint petition_implemented_as_decided check (implemented_on is null or (coalesce(decision, '') = 'TO_BE_CARRIED_OUT' and implemented_on >= decided_on))
      );
      create index on petition (region_code, received_on, id);
      call guard_by_region('petition');
      grant select, insert, update (decision, decision_document, decided_on, decided_by, implementation_document, implemented_on, implemented_by) on petition to anju_app;
      create function guard_petition() returns trigger language plpgsql set search_path = public, pg_temp as $$
      begin
        if tg_op = 'INSERT' and new.decision is not null then
          raise exception 'it begins undecided' using errcode = 'check_violation', constraint = 'petition_begins';
        end if;
        if tg_op = 'UPDATE' and (old.implemented_on is not null
          or old.decision is not null and (new.decision, new.decision_document, new.decided_on, new.decided_by)
            is distinct from (old.decision, old.decision_document, old.decided_on, old.decided_by)) then
          raise exception 'what was decided stays' using errcode = 'check_violation', constraint = 'petition_stands';
        end if;
        return new;
      end $$;
      create trigger guard_petition before insert or update on petition for each row execute function guard_petition()`);
  }
}
