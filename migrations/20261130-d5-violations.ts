import { Migration } from '@mikro-orm/migrations';

const refusal = (text: string, constraint: string): string =>
  `raise exception '${text}' using errcode = 'check_violation', constraint = '${constraint}';`;
const MISUSES = `('CHANGE_OF_USE','SUBLET','LENT','VACANT','SOLD')`;

/** 使用状态与违规处理 [GX-9.2.1(4)]: what a visit saw of the use; what it confirmed is investigated and decided, or stays open. */
export class Migration20261130Violations extends Migration {
  override up(): void {
    this.uses();
    this.violations();
    this.guards();
  }

  private uses(): void {
    this.addSql(`
      alter table inspection drop constraint inspection_kind_check, add check (kind in ${MISUSES}),
        add column use_state text check (use_state in ('SELF_OCCUPIED','IDLE','LET','LENT','SOLD','USE_CHANGED'));
      comment on column inspection.use_state is 'what the visit saw; null of visits before it was kept';
      grant update (use_state) on inspection to anju_app;
      alter table exit_case drop constraint exit_case_ground_check,
        add check (ground in ('NO_LONGER_ELIGIBLE','CHANGE_OF_USE','SUBLET','LENT','VACANT','SOLD'));
      create function misuse_of(seen text) returns text language sql immutable as $$
        select case seen when 'LET' then 'SUBLET' when 'LENT' then 'LENT' when 'SOLD' then 'SOLD' when 'USE_CHANGED' then 'CHANGE_OF_USE' when 'IDLE' then 'VACANT' end
      $$`);
  }

  private violations(): void {
    this.addSql(`
      create table violation (
        id uuid primary key,
        region_code text not null,
        household_id uuid not null references household (id),
        inspection_id uuid not null references inspection (id),
        kind text not null check (kind in ${MISUSES}),
        office text not null,
        state text not null default 'OPENED' check (state in ('OPENED','CLOSED')),
        opened_on date not null,
        investigation text,
        decision text check (decision in ('ORDER_EXIT','CORRECTED','NOT_ESTABLISHED')),
        document_number text,
        decided_on date check (decided_on >= opened_on),
        decided_by text,
        constraint violation_once unique (inspection_id),
        constraint violation_decided check ((state = 'CLOSED') = (num_nulls(investigation, decision, document_number, decided_on, decided_by) = 0))
      );
      create index on violation (region_code, opened_on, id);
      create index on violation (household_id);
      call guard_by_region('violation');
      grant select, update (state, investigation, decision, document_number, decided_on, decided_by) on violation to anju_app;
      grant select on violation to anju_engine`);
  }

  private guards(): void {
    this.addSql(`
      create function guard_use() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        if old.state = new.state then return new; end if;
        if new.state in ('CONFIRMED','FALSE_ALARM','EXCUSED') and new.use_state is null
          or new.state = 'CONFIRMED' and (new.use_state = 'SELF_OCCUPIED' or new.use_state = 'IDLE' and new.kind <> 'VACANT')
          or new.state = 'FALSE_ALARM' and new.use_state not in ('SELF_OCCUPIED','IDLE') then
          ${refusal('what was seen is not what is found', 'inspection_use')}
        end if;
        return new;
      end $$;
      create function follow_inspection() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        months bigint;
      begin
        if old.state = new.state then return null; end if;
        if new.state = 'CONFIRMED' then
          insert into violation (id, region_code, household_id, inspection_id, kind, office, opened_on)
          values (gen_random_uuid(), new.region_code, new.household_id, new.id, misuse_of(new.use_state), new.region_code, new.inspected_on);
        elsif new.use_state = 'IDLE' and new.kind <> 'VACANT' then
          months := parameter_in_force('vacancy.months', new.region_code, new.inspected_on, clock_timestamp());
          insert into inspection (id, region_code, household_id, kind, signal, seen_from, opens_on, signalled_by, signalled_at, state)
          values (gen_random_uuid(), new.region_code, new.household_id, 'VACANT', 'VISIT', new.inspected_on, new.inspected_on + make_interval(months => months::int),
            new.inspected_by, new.signalled_at, 'WATCHING') on conflict do nothing;
        end if;
        return null;
      end $$;
      create function guard_violation() returns trigger language plpgsql as $$
      begin
        if old.state = 'CLOSED' then ${refusal('closed already', 'violation_legal_move')} end if;
        return new;
      end $$`);
    for (const [table, guard, when] of [
      ['inspection', 'guard_use', 'before'],
      ['inspection', 'follow_inspection', 'after'],
      ['violation', 'guard_violation', 'before'],
    ])
      this.addSql(`
        revoke all on function ${guard} from public;
        create trigger ${guard} ${when} update on ${table} for each row execute function ${guard}()`);
  }
}
