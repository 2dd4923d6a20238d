import { Migration } from '@mikro-orm/migrations';

const refusal = (text: string, constraint: string): string =>
  `raise exception '${text}' using errcode = 'check_violation', constraint = '${constraint}';`;

/** What a look at the page found. Only SEEN says that it was there, only GONE and DIFFERENT that it was not. */
const SIGHTINGS = `('SEEN','GONE','DIFFERENT','UNREACHABLE')`;

/** 公示期的计算: of a publicity on the net a day counts on which the page was seen and never missing. */
export class Migration20261130PublicityClock extends Migration {
  override up(): void {
    this.rule();
    this.page();
    this.sightings();
    this.days();
    this.periodEnd();
  }

  private rule(): void {
    this.addSql(`
      insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
      select gen_random_uuid(), 'publicity.gap-restarts', region, 0, 'flag', '默认值，待地方文件确定', 'UNVERIFIED', '2014-01-01', '2014-01-01'
      from unnest(array['15','45']) as region`);
  }

  private page(): void {
    this.addSql(`
      alter table publicity add column page_hash text check (page_hash ~ '^[0-9a-f]{64}$'), add column days int check (days > 0), add column settled_on date;
      update publicity set days = last_day - posted_on, settled_on = posted_on;
      alter table publicity alter column days set not null, alter column settled_on set not null, add check (settled_on >= posted_on);
      comment on column publicity.days is 'whole days that the rule asks for; last_day is the day on which the last of them ends if none is missed from now on';
      comment on column publicity.settled_on is 'up to this day it is settled which days counted';
      create table published_publicity (
        id uuid primary key references publicity (id),
        page text,
        page_hash text not null,
        last_day date not null
      );
      comment on table published_publicity is 'what anybody may read, masked; where the publicity is over the page is gone';
      grant insert (id, page) on published_publicity to anju_app;
      grant select on published_publicity to anju_public_reader;
      create function hold_publicity() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        if tg_op = 'INSERT' then
          new.days := new.last_day - new.posted_on;
          new.settled_on := new.posted_on;
          return new;
        end if;
        if new.last_day < old.last_day or new.settled_on < old.settled_on or new.days <> old.days or new.page_hash is distinct from old.page_hash then
          ${refusal('a period is never shortened', 'publicity_never_shortened')}
        end if;
        update published_publicity set last_day = new.last_day, page = case when new.state = 'RUNNING' then page end where id = new.id;
        return new;
      end $$;
      create trigger hold_publicity before insert or update on publicity for each row execute function hold_publicity();
      create function publish_publicity() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      declare posted publicity;
      begin
        select * into posted from publicity where id = new.id;
        if posted.state is distinct from 'RUNNING' or posted.page_hash is distinct from encode(sha256(convert_to(new.page, 'UTF8')), 'hex') then
          ${refusal('not what was posted', 'publicity_as_posted')}
        end if;
        new.page_hash := posted.page_hash;
        new.last_day := posted.last_day;
        return new;
      end $$;
      create trigger publish_publicity before insert on published_publicity for each row execute function publish_publicity();
      revoke all on function hold_publicity, publish_publicity from public`);
  }

  private sightings(): void {
    this.addSql(`
      create table publicity_sighting (
        publicity_id uuid not null references publicity (id),
        region_code text not null references region (code),
        household_id uuid not null references household (id),
        day date not null,
        result text not null check (result in ${SIGHTINGS}),
        first_at timestamptz not null,
        last_at timestamptz not null,
        times int not null check (times > 0),
        primary key (publicity_id, day, result)
      );
      create index on publicity_sighting (household_id);
      create index on publicity_sighting (region_code);
      call guard_by_region('publicity_sighting');
      grant select on publicity_sighting to anju_app;
      create function saw_publicity(seen uuid, on_day date, at timestamptz, found text) returns void
      language sql volatile security definer set search_path = public, pg_temp as $$
        insert into publicity_sighting (publicity_id, region_code, household_id, day, result, first_at, last_at, times)
        select id, region_code, household_id, on_day, found, at, at, 1 from publicity where id = seen and state = 'RUNNING' and settled_on < on_day
        on conflict (publicity_id, day, result) do update
          set first_at = least(publicity_sighting.first_at, excluded.first_at), last_at = greatest(publicity_sighting.last_at, excluded.last_at), times = publicity_sighting.times + 1
      $$;
      revoke all on function saw_publicity from public;
      grant execute on function saw_publicity to anju_engine`);
  }

  /** A day that nobody can tell of counts as little as one on which the page was missing, but begins nothing anew. */
  private days(): void {
    this.addSql(`
      create function settle_publicities(today date, at timestamptz) returns bigint language plpgsql volatile security definer set search_path = public, pg_temp as $$
      declare
        posted publicity;
        seen boolean;
        missing boolean;
        settled bigint := 0;
      begin
        for posted in select * from publicity p where p.state = 'RUNNING' and p.url is not null and p.page_hash is not null
          and p.settled_on < least(p.last_day, today - 1) order by p.id for update
        loop
          while posted.settled_on < least(posted.last_day, today - 1) loop
            posted.settled_on := posted.settled_on + 1;
            select coalesce(bool_or(s.result = 'SEEN'), false), coalesce(bool_or(s.result in ('GONE', 'DIFFERENT')), false) into seen, missing
            from publicity_sighting s where s.publicity_id = posted.id and s.day = posted.settled_on;
            if missing and coalesce(parameter_in_force('publicity.gap-restarts', posted.region_code, posted.settled_on, at), 1) <> 0 then
              posted.last_day := posted.settled_on + posted.days;
            elsif missing or not seen then
              posted.last_day := posted.last_day + 1;
            end if;
          end loop;
          update publicity set last_day = posted.last_day, settled_on = posted.settled_on where id = posted.id;
          settled := settled + 1;
        end loop;
        return settled;
      end $$;
      revoke all on function settle_publicities from public;
      grant execute on function settle_publicities to anju_engine`);
  }

  private periodEnd(): void {
    this.addSql(`
      create function publicity_is_settled() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        if new.kind = 'PERIOD_END' and exists (select from publicity p where p.id = new.publicity_id and p.url is not null and p.page_hash is not null
          and p.settled_on < p.last_day) then
          ${refusal('its days are not settled', 'application_period_runs')}
        end if;
        return new;
      end $$;
      revoke all on function publicity_is_settled from public;
      create trigger a_publicity_is_settled before insert on application_step for each row execute function publicity_is_settled()`);
  }
}
