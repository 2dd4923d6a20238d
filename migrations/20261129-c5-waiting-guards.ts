import { Migration } from '@mikro-orm/migrations';

const refusal = (text: string, constraint: string): string =>
  `raise exception '${text}' using errcode = 'check_violation', constraint = '${constraint}';`;

/** What must hold of whoever waits, whoever writes, by whatever statement. */
export class Migration20261129WaitingGuards extends Migration {
  override up(): void {
    this.begin();
    this.step();
    this.exception();
    for (const [table, guard] of [
      ['waiting_list_entry', 'begin_waiting'],
      ['waiting_step', 'take_waiting_step'],
      ['waiting_exception', 'guard_waiting_exception'],
    ])
      this.addSql(`
        revoke all on function ${guard} from public;
        create trigger ${guard} before insert on ${table} for each row execute function ${guard}()`);
  }

  private begin(): void {
    this.addSql(`
      create function begin_waiting() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        if (new.state, new.refusals, new.version) <> ('ACTIVE', 0, 0) or num_nonnulls(new.deferred_until, new.batch) > 0 then
          ${refusal('waiting begins at its beginning', 'waiting_begins')}
        end if;
        if not exists (select from application a join housing_case c on c.id = a.case_id
          where a.id = new.application_id and a.state = 'APPROVED' and c.programme = new.programme
            and (a.region_code, a.household_id, a.flow) = (new.region_code, new.household_id, new.flow)
            and new.entered_on = (select max(s.on_day) from application_step s where s.application_id = a.id and s.kind = 'APPROVAL')) then
          ${refusal('nothing was approved on that day', 'waiting_of_approval')}
        end if;
        insert into waiting_queue (region_code, programme) values (new.region_code, new.programme) on conflict do nothing;
        select run into new.after_run from waiting_queue q where (q.region_code, q.programme) = (new.region_code, new.programme) for share;
        return new;
      end $$`);
  }

  /** An entry is moved by its steps alone, along the one table. */
  private step(): void {
    this.addSql(`
      create function take_waiting_step() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        entry waiting_list_entry;
        next waiting_move;
        most bigint;
        refused boolean := new.kind in ('DECLINE','DEFERRAL','LAST_REFUSAL');
      begin
        select * into entry from waiting_list_entry where id = new.entry_id for update;
        if (entry.region_code, entry.household_id) is distinct from (new.region_code, new.household_id) then
          ${refusal('the step is of another household', 'waiting_step_of_household')}
        end if;
        if new.version <> entry.version then ${refusal('somebody was faster', 'waiting_version')} end if;
        if new.on_day < entry.entered_on or exists (select from waiting_step s where s.entry_id = entry.id and (s.at > new.at or s.on_day > new.on_day)) then
          ${refusal('before the step before', 'waiting_in_time')}
        end if;
        if refused then
          most := parameter_in_force('waiting.refusal-limit', entry.region_code, new.on_day, new.at);
          if most is null then ${refusal('no limit of refusals is in force', 'waiting_limit_unset')} end if;
          if entry.refusals + 1 >= most then
            new.kind := 'LAST_REFUSAL';
            new.deferred_until := null;
          elsif new.kind = 'LAST_REFUSAL' then
            ${refusal('not the last one', 'waiting_legal_move')}
          end if;
        end if;
        select * into next from waiting_move m where (m.flow, m.from_state, m.kind) = (entry.flow, entry.state, new.kind);
        if next.kind is null then ${refusal('not from this state', 'waiting_legal_move')} end if;
        if next.role <> new.role then ${refusal('not at this level', 'waiting_level')} end if;
        if (new.kind = 'DEFERRAL') <> (new.deferred_until is not null) or new.deferred_until <= new.on_day then
          ${refusal('deferred until a day to come', 'waiting_deferral')}
        end if;
        if new.kind = 'RETURN' and new.on_day < entry.deferred_until then ${refusal('it is deferred', 'waiting_deferred')} end if;
        new.to_state := next.to_state;
        select run into new.after_run from waiting_queue q where (q.region_code, q.programme) = (entry.region_code, entry.programme) for share;
        update waiting_list_entry set state = next.to_state, version = entry.version + 1, refusals = entry.refusals + refused::int,
          deferred_until = new.deferred_until,
          batch = case when new.kind = 'INVITATION' then new.batch when next.to_state in ('IN_BATCH','FULFILLED') then entry.batch end
        where id = entry.id;
        return new;
      end $$`);
  }

  private exception(): void {
    this.addSql(`
      create function guard_waiting_exception() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        entry waiting_list_entry;
        place int;
      begin
        select * into entry from waiting_list_entry where id = new.entry_id for update;
        if (entry.region_code, entry.household_id) is distinct from (new.region_code, new.household_id) then
          ${refusal('of another household', 'waiting_step_of_household')}
        end if;
        if new.version <> entry.version then ${refusal('somebody was faster', 'waiting_version')} end if;
        if new.role not in (select m.role from waiting_move m where (m.flow, m.kind) = (entry.flow, 'INVITATION')) then
          ${refusal('not at this level', 'waiting_level')}
        end if;
        if entry.state <> 'ACTIVE' then ${refusal('it has no place', 'waiting_legal_move')} end if;
        select run into new.after_run from waiting_queue q where (q.region_code, q.programme) = (entry.region_code, entry.programme) for share;
        select rank into place from waiting_rank r where r.entry_id = entry.id;
        if place is null then ${refusal('it has no place yet', 'waiting_unplaced')} end if;
        if new.from_rank <> place or new.to_rank = place
          or new.to_rank not between 1 and (select count(*) from waiting_rank r where (r.region_code, r.programme) = (entry.region_code, entry.programme)) then
          ${refusal('there is no such place', 'waiting_place')}
        end if;
        update waiting_list_entry set version = version + 1 where id = entry.id;
        return new;
      end $$`);
  }
}
