import { Migration } from '@mikro-orm/migrations';

/** The same table as `changeMoves` in schema/transitions; a test compares the two. */
const MOVES = [
  ['OPEN', 'NOTIFIED'],
  ['NOTIFIED', 'REPLIED'],
  ['NOTIFIED', 'NO_REPLY'],
  ['NO_REPLY', 'REPLIED'],
  ['REPLIED', 'CLOSED'],
  ['NO_REPLY', 'CLOSED'],
] as const;

/** 变动: what a watched household has come by since. It asks for an answer of the household and is no finding. */
export class Migration20261129Changes extends Migration {
  override up(): void {
    this.addSql(`
      create table change (
        id uuid primary key,
        region_code text not null references region (code),
        household_id uuid not null references household (id),
        person_id uuid not null references person (id),
        case_id uuid not null references housing_case (id),
        letter_id uuid not null references letter (id),
        kind text not null check (kind in ('NEW_HOME','NEW_VEHICLE','DEATH','MARRIAGE')),
        source text not null,
        item text,
        dated_on date,
        seen_on date not null,
        query_id uuid not null,
        state text not null default 'OPEN' check (state in ('OPEN','NOTIFIED','REPLIED','NO_REPLY','CLOSED')),
        notified_on date,
        notified_by text,
        reply_by date,
        reply_by_provisional boolean,
        silent_on date,
        reply text,
        replied_on date,
        reply_taken_by text,
        outcome text check (outcome in ('EXPLAINED','MISTAKEN','RE_CHECKED')),
        cross_check_id uuid references cross_check (id),
        closing_note text,
        closed_on date,
        closed_by text,
        constraint change_once unique nulls not distinct (query_id, person_id, source, kind, item),
        constraint change_told check ((state = 'OPEN') = (notified_on is null) and (notified_on is null) = (notified_by is null)
          and (notified_on is null) = (reply_by is null) and (notified_on is null) = (reply_by_provisional is null) and notified_on >= seen_on and reply_by > notified_on),
        constraint change_time_runs check (silent_on > reply_by and (state <> 'NO_REPLY' or silent_on is not null)),
        constraint change_replied check ((reply is null) = (replied_on is null) and (reply is null) = (reply_taken_by is null)
          and (state <> 'REPLIED' or reply is not null) and replied_on >= notified_on),
        constraint change_heard_before_closed check (state <> 'CLOSED' or reply is not null or silent_on is not null),
        constraint change_closed check ((state = 'CLOSED') = (outcome is not null) and (outcome is null) = (closed_on is null) and (outcome is null) = (closed_by is null)
          and (outcome is null) = (closing_note is null)),
        constraint change_explained_by_household check (outcome <> 'EXPLAINED' or reply is not null),
        constraint change_re_checked_by_rules check ((coalesce(outcome, '') = 'RE_CHECKED') = (cross_check_id is not null))
      );
      comment on column change.item is 'what is new: a unit code, a plate; null where the kind says it all';
      create index on change (region_code, seen_on, id);
      create index on change (household_id);
      create index on change (person_id);
      create index on change (reply_by) where state = 'NOTIFIED';
      call guard_by_region('change');
      grant select, insert, update (state, notified_on, notified_by, reply_by, reply_by_provisional, silent_on, reply, replied_on, reply_taken_by,
        outcome, cross_check_id, closing_note, closed_on, closed_by) on change to anju_app;
      grant select on change to anju_engine`);
    const moves = MOVES.map(([from, to]) => `('change', '${from}', '${to}')`);
    this.addSql(`insert into legal_move values ${moves.join(', ')}`);
    this.addSql(`
      create function guard_change() returns trigger language plpgsql set search_path = public, pg_temp as $$
      begin
        if tg_op = 'INSERT' then
          if new.state <> 'OPEN' then
            raise exception 'nobody was told yet' using errcode = 'check_violation', constraint = 'change_begins';
          end if;
          if not exists (select from letter l join purpose p on p.code = l.purpose and p.watches join housing_case c on c.id = l.case_id and c.kind = 'RE_CHECK'
            where l.id = new.letter_id and (l.case_id, l.household_id, l.region_code) = (new.case_id, new.household_id, new.region_code) and l.state = 'ACTIVE') then
            raise exception 'no letter to watch' using errcode = 'check_violation', constraint = 'change_under_letter';
          end if;
        elsif not exists (select from legal_move where noun = 'change' and from_state = old.state and to_state = new.state) then
          raise exception 'not from this state' using errcode = 'check_violation', constraint = 'change_legal_move';
        elsif new.cross_check_id is not null and not exists (
          select from cross_check_household k join cross_check c on c.id = k.cross_check_id and c.purpose = 'ANNUAL_REVIEW'
          where k.cross_check_id = new.cross_check_id and k.case_id = new.case_id and k.state = 'DONE' and c.as_of >= new.seen_on) then
          raise exception 'no re-check of this case since' using errcode = 'check_violation', constraint = 'change_of_re_check';
        end if;
        return new;
      end $$;
      create trigger guard_change before insert or update on change for each row execute function guard_change()`);
  }
}
