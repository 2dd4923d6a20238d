import { Migration } from '@mikro-orm/migrations';

/** The same table as `letterMoves` in schema/transitions; a test compares the two. */
const MOVES = [
  ['DRAFTED', 'SIGNING'],
  ['DRAFTED', 'ACTIVE'],
  ['DRAFTED', 'ENDED'],
  ['SIGNING', 'ACTIVE'],
  ['SIGNING', 'ENDED'],
  ['ACTIVE', 'ENDED'],
] as const;

/** A letter is drafted, signed by each member, in force, ended; whoever writes, by whatever statement. */
export class Migration20261125Letters extends Migration {
  override up(): void {
    this.columns();
    this.moves();
    this.signatures();
    this.ends();
    this.households();
    this.cases();
    /* What runs as the owner is nobody's to call: triggers run all the same. */
    this.addSql(
      'revoke all on function letters_signed, guard_signature, guard_letter, members_changed, case_closed, household_closed from public',
    );
  }

  private columns(): void {
    this.addSql(`
      alter table letter
        add column state text not null default 'DRAFTED' check (state in ('DRAFTED','SIGNING','ACTIVE','ENDED')),
        alter column signed_on drop not null,
        drop constraint letter_end_reason_check;
      update letter set state = case when ended_on is null then 'ACTIVE' else 'ENDED' end,
        end_reason = case when ended_on is not null then coalesce(end_reason, 'WITHDRAWN') end;
      alter table letter
        add constraint letter_end_reason_check check (end_reason in ('WITHDRAWN','CASE_CLOSED','MEMBERS_CHANGED','EXIT','FAILED','EXPIRED')),
        add constraint letter_ended_with_day_and_reason check ((state = 'ENDED') = (ended_on is not null) and (ended_on is null) = (end_reason is null)),
        add constraint letter_active_is_signed check (state <> 'ACTIVE' or signed_on is not null);
      alter table letter_member
        alter column signature drop not null, alter column signed_by drop not null, add column signed_on date,
        add constraint letter_member_signed_by_somebody check ((signature is null) = (signed_by is null));
      create index on letter (valid_until) where state <> 'ENDED';
      create index on letter (household_id) where state <> 'ENDED';
      create index on letter_member (person_id)`);
    this.addSql(`comment on column letter_member.signature is 'null: named in the draft, not yet signed'`);
    /* What was signed cannot be rewritten: the app may move a letter, not change its terms or who it names. */
    this.addSql(`
      revoke update on letter, letter_member from anju_app;
      grant update (state, signed_on, ended_on, end_reason) on letter to anju_app;
      grant update (signature, signed_by, signed_on) on letter_member to anju_app`);
  }

  private moves(): void {
    this.addSql(`
      create table legal_move (noun text, from_state text, to_state text, primary key (noun, from_state, to_state));
      insert into legal_move values ${MOVES.map(([from, to]) => `('letter', '${from}', '${to}')`).join(', ')};
      grant select on legal_move to anju_app`);
    this.addSql(`
      create function letter_is_whole(whole uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
        with l as (select * from letter where id = whole),
        named as (
          select m.*, p.birth_date, coalesce(m.signed_on, l.signed_on) as day from l join letter_member m on m.letter_id = l.id join person p on p.id = m.person_id
        )
        select exists (select from named)
          and not exists (
            select from l join household_member h on h.household_id = l.household_id and h.to_date is null
            where not exists (select from named where named.person_id = h.person_id))
          and not exists (
            select from named n where (case
              when not exists (select from l join household_member h on h.household_id = l.household_id and h.person_id = n.person_id) then false
              when extract(year from age(n.day, n.birth_date)) >= 18 then n.signature = 'SELF' and n.signed_by = n.person_id
              else n.signature = 'GUARDIAN' and exists (
                select from named g where g.person_id = n.signed_by and extract(year from age(n.day, g.birth_date)) >= 18)
            end) is not true)
      $$;
      revoke all on function letter_is_whole from public;
      grant execute on function letter_is_whole to anju_app`);
    this.addSql(
      `comment on function letter_is_whole is 'every member of the household has signed, each adult itself, each minor by an adult member [V2 order 11 art. 8; PIPL 31]'`,
    );
    this.addSql(`
      create function guard_letter() returns trigger language plpgsql set search_path = public, pg_temp as $$
      begin
        if new.ended_on is not null then new.state := 'ENDED'; end if;
        if tg_op = 'INSERT' then
          if new.state not in ('DRAFTED','ENDED') then
            raise exception 'a letter begins as a draft' using errcode = 'check_violation', constraint = 'letter_begins_as_draft';
          end if;
        elsif new.state <> old.state then
          if not exists (select from legal_move where noun = 'letter' and from_state = old.state and to_state = new.state) then
            raise exception 'a letter does not move from % to %', old.state, new.state using errcode = 'check_violation', constraint = 'letter_legal_move';
          end if;
          if new.state = 'ACTIVE' and not letter_is_whole(new.id) then
            raise exception 'a letter is in force only when all have signed' using errcode = 'check_violation', constraint = 'letter_signed_by_all';
          end if;
        end if;
        return new;
      end $$;
      create trigger guard_letter before insert or update on letter for each row execute function guard_letter()`);
  }

  /** The last signature brings a letter into force; what is signed stays. */
  private signatures(): void {
    this.addSql(`
      create function letters_signed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        if tg_op = 'INSERT' and exists (select from letter l where l.state = 'ACTIVE' and l.id in (select letter_id from fresh)) then
          raise exception 'nobody is added to a letter in force' using errcode = 'check_violation', constraint = 'letter_names_are_kept';
        end if;
        perform from household where id in (select household_id from letter where id in (select letter_id from fresh)) order by id for no key update;
        update letter l set
          state = case when whole then 'ACTIVE' else 'SIGNING' end,
          signed_on = case when whole then coalesce(l.signed_on, last_day) else l.signed_on end
        from (
          select letter_id, max(m.signed_on) as last_day, letter_is_whole(letter_id) as whole from letter_member m
          where letter_id in (select letter_id from fresh) and m.signature is not null group by letter_id
        ) as signed
        where l.id = signed.letter_id and (l.state = 'DRAFTED' or l.state = 'SIGNING' and whole);
        return null;
      end $$;
      create trigger letters_named after insert on letter_member referencing new table as fresh for each statement execute function letters_signed();
      create trigger letters_signed after update on letter_member referencing new table as fresh for each statement execute function letters_signed();
      create function guard_signature() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        if old.signature is not null and (tg_op = 'DELETE' or new is distinct from old)
          or exists (select from letter where id = old.letter_id and state in ('ACTIVE','ENDED')) then
          raise exception 'what is signed stays' using errcode = 'check_violation', constraint = 'letter_names_are_kept';
        end if;
        return case tg_op when 'DELETE' then old else new end;
      end $$;
      create trigger guard_signature before update or delete on letter_member for each row execute function guard_signature()`);
  }

  /** Locks in the order of ids, as whoever hands a call over to an agency does. Ends and log are one statement. */
  private ends(): void {
    this.addSql(`
      create function end_letters(which uuid[], day date, reason text) returns int language sql volatile security definer set search_path = public, pg_temp as $$
        with chosen as (
          select id from letter where id = any (which) and state <> 'ENDED' order by id for update
        ), ended as (
          update letter l set state = 'ENDED', ended_on = day, end_reason = reason from chosen where l.id = chosen.id returning l.id, l.region_code
        ), log as (
          insert into write_entry (subject, role, office, verb, entity, entity_id, region_code, fields, request_id)
          select 'hub:letters', 'REGION_HOUSING', region_code, 'endLetter', 'Letter', id::text, region_code, '{state,endedOn,endReason}', 'tx:' || pg_current_xact_id()
          from ended
        )
        select count(*)::int from ended
      $$;
      revoke all on function end_letters from public;
      create function expire_letters(today date) returns int language sql volatile security definer set search_path = public, pg_temp as $$
        select end_letters(array(select id from letter where state <> 'ENDED' and valid_until < today), today, 'EXPIRED')
      $$;
      revoke all on function expire_letters from public;
      grant execute on function expire_letters to anju_app;
      create function beijing_today() returns date language sql stable as $$ select (now() at time zone 'Asia/Shanghai')::date $$`);
  }

  /**
   * A letter covers a household as named: once somebody is entered, or leaves (the entry of a leaving counts, not its day),
   * no letter of it counts any more. Corrections of names and of what is long over change nothing. The household's row is
   * locked here and where a letter comes into force: a change and a last signature come one after the other.
   */
  private households(): void {
    this.addSql(`
      create function end_letters_of_changed(households uuid[]) returns void language plpgsql volatile security definer set search_path = public, pg_temp as $$
      begin
        perform from household where id = any (households) order by id for no key update;
        perform end_letters(array(
          select l.id from letter l where l.household_id = any (households) and l.state <> 'ENDED' and exists (
            select from (select person_id from household_member h where h.household_id = l.household_id and h.to_date is null) as present
            full join (select person_id from letter_member m where m.letter_id = l.id) as named using (person_id)
            where present is null or named is null)
        ), beijing_today(), 'MEMBERS_CHANGED');
      end $$;
      revoke all on function end_letters_of_changed from public;
      create function members_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        if tg_op = 'INSERT' then perform end_letters_of_changed(array(select distinct household_id from fresh));
        elsif tg_op = 'DELETE' then perform end_letters_of_changed(array(select distinct household_id from gone));
        else perform end_letters_of_changed(array(select household_id from fresh union select household_id from gone));
        end if;
        return null;
      end $$;
      create trigger members_added after insert on household_member referencing new table as fresh for each statement execute function members_changed();
      create trigger members_removed after delete on household_member referencing old table as gone for each statement execute function members_changed();
      create trigger members_changed after update on household_member referencing old table as gone new table as fresh for each statement execute function members_changed()`);
  }

  /** A closed case and a closed file end their letters. */
  private cases(): void {
    this.addSql(`
      alter table housing_case add column closed_as text check (closed_as in ('SETTLED','FAILED','EXIT')),
        add constraint housing_case_closed_as_what check (closed_on is not null or closed_as is null);
      create function case_closed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        perform end_letters(array_agg(l.id), c.closed_on,
            case c.closed_as when 'FAILED' then 'FAILED' when 'EXIT' then 'EXIT' else 'CASE_CLOSED' end)
          from fresh c join letter l on l.case_id = c.id and l.state <> 'ENDED'
          where c.closed_on is not null group by c.closed_on, c.closed_as;
        return null;
      end $$;
      create trigger case_closed after update on housing_case referencing new table as fresh for each statement execute function case_closed();
      create function household_closed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        perform end_letters(array_agg(l.id), h.closed_on, 'EXIT')
          from fresh h join letter l on l.household_id = h.id and l.state <> 'ENDED'
          where h.closed_on is not null group by h.closed_on;
        return null;
      end $$;
      create trigger household_closed after update on household referencing new table as fresh for each statement execute function household_closed()`);
  }
}
