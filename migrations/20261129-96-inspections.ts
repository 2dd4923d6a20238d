import { Migration } from '@mikro-orm/migrations';

/** The same table as `inspectionMoves` in schema/transitions; a test compares the two. */
const MOVES = [
  ['WATCHING', 'OPEN'],
  ['WATCHING', 'FALSE_ALARM'],
  ['OPEN', 'CONFIRMED'],
  ['OPEN', 'FALSE_ALARM'],
  ['OPEN', 'EXCUSED'],
] as const;

/** 使用情况巡查: a signal opens an inspection and nothing else; an exit is ordered on a confirmed one [IM-7.5, 7.6, 7.7]. */
export class Migration20261129Inspections extends Migration {
  override up(): void {
    this.addSql(`
      create table inspection (
        id uuid primary key,
        region_code text not null references region (code),
        household_id uuid not null references household (id),
        kind text not null check (kind in ('CHANGE_OF_USE','SUBLET','LENT','VACANT')),
        signal text not null check (signal in ('METER','VISIT','COMPLAINT','DATA')),
        seen_from date not null,
        opens_on date not null check (opens_on >= seen_from),
        signal_note text,
        signalled_by text not null,
        signalled_at timestamptz not null,
        state text not null check (state in ('WATCHING','OPEN','CONFIRMED','FALSE_ALARM','EXCUSED')),
        inspected_on date,
        result_note text,
        inspected_by text,
        constraint inspection_result_by_somebody check ((state in ('WATCHING','OPEN')) = (inspected_by is null) and (inspected_by is null) = (inspected_on is null)
          and (inspected_by is null) = (result_note is null)),
        constraint inspection_after_signal check (inspected_on >= seen_from)
      );
      comment on column inspection.opens_on is 'the day on which what was seen asks for a visit: at once, or when it has been vacant for so long';
      create unique index inspection_one_open on inspection (household_id, kind) where state in ('WATCHING','OPEN');
      create index on inspection (region_code, opens_on, id);
      call guard_by_region('inspection');
      grant select, insert, update (state, inspected_on, result_note, inspected_by) on inspection to anju_app;
      grant select on inspection to anju_engine`);
    const moves = MOVES.map(([from, to]) => `('inspection', '${from}', '${to}')`);
    this.addSql(`insert into legal_move values ${moves.join(', ')}`);
    this.addSql(`
      create function guard_inspection() returns trigger language plpgsql as $$
      begin
        if tg_op = 'INSERT' then
          if new.state not in ('WATCHING', 'OPEN') then
            raise exception 'nobody was there yet' using errcode = 'check_violation', constraint = 'inspection_begins';
          end if;
        elsif not exists (select from legal_move where noun = 'inspection' and from_state = old.state and to_state = new.state) then
          raise exception 'not from this state' using errcode = 'check_violation', constraint = 'inspection_legal_move';
        end if;
        return new;
      end $$;
      create trigger guard_inspection before insert or update on inspection for each row execute function guard_inspection()`);
    this.addSql(`
      alter table review_step add column inspection_id uuid references inspection (id),
        add constraint review_step_order_rests_on_inspection check ((coalesce(outcome, '') = 'ORDER_EXIT') = (inspection_id is not null));
      create function order_rests_on_inspection() returns trigger language plpgsql set search_path = public, pg_temp as $$
      begin
        if not exists (select from inspection i where i.id = new.inspection_id and i.household_id = new.household_id and i.state = 'CONFIRMED') then
          raise exception 'no confirmed violation' using errcode = 'check_violation', constraint = 'review_order_on_confirmed';
        end if;
        return new;
      end $$;
      create trigger order_rests_on_inspection before insert on review_step for each row when (new.inspection_id is not null) execute function order_rests_on_inspection()`);
  }
}
