import { Migration } from '@mikro-orm/migrations';

/** How many different persons a partner has reached, by purpose and day: counted where they are read, or nothing is read. */
export class Migration20261125Budget extends Migration {
  override up(): void {
    this.addSql(`
      create table partner_day (
        client_id text not null,
        purpose text not null,
        day date not null,
        persons int not null default 0,
        primary key (client_id, purpose, day)
      )`);
    this.addSql(`
      create table partner_day_person (
        client_id text not null,
        purpose text not null,
        day date not null,
        person_id uuid not null,
        primary key (client_id, purpose, day, person_id)
      ) partition by range (day)`);
    this.addSql(`select ensure_partitions('partner_day_person', '2026-10-01', 12)`);
    this.addSql('grant select on partner_day to anju_app');
    /*
     * Runs as the owner: no login may read or change the counts. The row of the day is the queue that requests stand in.
     * AJ001: no such grant in force; AJ002: the budget of the day does not hold the persons that are new in it.
     */
    this.addSql(`
      create function spend_persons(grant_id uuid, on_day date, wanted uuid[]) returns int
      language plpgsql volatile security definer set search_path = public, pg_temp as $$
      declare g sharing_grant; fresh uuid[]; spent int;
      begin
        select * into g from sharing_grant s
          where s.id = grant_id and s.revoked_at is null and on_day between s.valid_from and s.valid_until;
        if not found then raise exception 'no grant in force' using errcode = 'AJ001'; end if;
        select array_agg(distinct w.id) into fresh from unnest(wanted) as w (id)
          where w.id is not null and not exists (
            select from partner_day_person p
            where p.client_id = g.client_id and p.purpose = g.purpose and p.day = on_day and p.person_id = w.id);
        if fresh is null then return 0; end if;
        insert into partner_day (client_id, purpose, day) values (g.client_id, g.purpose, on_day) on conflict do nothing;
        perform from partner_day d where d.client_id = g.client_id and d.purpose = g.purpose and d.day = on_day for update;
        insert into partner_day_person (client_id, purpose, day, person_id)
          select g.client_id, g.purpose, on_day, f.id from unnest(fresh) as f (id) on conflict do nothing;
        get diagnostics spent = row_count;
        update partner_day d set persons = d.persons + spent
          where d.client_id = g.client_id and d.purpose = g.purpose and d.day = on_day and d.persons + spent <= g.daily_persons;
        if not found then raise exception 'budget of the day is spent' using errcode = 'AJ002'; end if;
        return spent;
      end $$`);
    this.addSql('revoke all on function spend_persons from public');
    this.addSql('grant execute on function spend_persons to anju_app');
  }
}
