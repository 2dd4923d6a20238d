import { Migration } from '@mikro-orm/migrations';

/** Regions, row scope and growing partitions: what every later table leans on. */
export class Migration20261122Regions extends Migration {
  override up(): void {
    this.addSql(`
      create table region (
        code text primary key check (code ~ '^[0-9]{2}([0-9]{2}([0-9]{2}([0-9]{3}([0-9]{3})?)?)?)?$'),
        name text not null,
        level text not null check (level in ('REGION','PREFECTURE','COUNTY','STREET','COMMUNITY')),
        division_kind text not null check (division_kind in ('AUTONOMOUS_REGION','LEAGUE','PREFECTURE_CITY','BANNER','COUNTY',
          'COUNTY_CITY','DISTRICT','AUTONOMOUS_COUNTY','STATISTICAL_ZONE')),
        parent_code text references region (code),
        valid_from date not null default '1980-01-01',
        valid_to date,
        successor_code text references region (code)
      )`);
    this.addSql('create index on region (parent_code)');
    this.addSql('create index on region (successor_code)');
    /* Row scope: the codes of this transaction. '' and unset both mean none (security.md §1, 1). */
    this.addSql(`
      create function hub_regions() returns text[] language sql stable parallel safe as
      $$ select string_to_array(nullif(current_setting('app.regions', true), ''), ',') $$`);
    /* Tables that only grow are partitioned by quarter from the start: retention is a DROP (architecture.md §2, 11). */
    this.addSql(`
      create function ensure_partitions(parent regclass, first_day date, quarters int) returns void language plpgsql as $$
      declare q date := date_trunc('quarter', first_day); part text;
      begin
        for i in 1..quarters loop
          part := parent::text || '_' || to_char(q, 'YYYY"q"Q');
          if to_regclass(part) is null then
            execute format('create table %s partition of %s for values from (%L) to (%L)', part, parent, q, q + interval '3 months');
          end if;
          q := q + interval '3 months';
        end loop;
      end $$`);
    /* Row-level security by region: the app sees its scope, the engine reads every region by a policy of its own. */
    this.addSql(`
      create procedure guard_by_region(tab regclass) language plpgsql as $$
      begin
        execute format('alter table %s enable row level security', tab);
        execute format('alter table %s force row level security', tab);
        execute format('create policy app_scope on %s to anju_app using (region_code = any ((select hub_regions())::text[]))
                        with check (region_code = any ((select hub_regions())::text[]))', tab);
        execute format('create policy engine_reads on %s for select to anju_engine using (true)', tab);
        execute format('create policy owner_all on %s to current_user using (true) with check (true)', tab);
      end $$`);
    this.addSql('grant select on region to anju_app, anju_engine, anju_public_reader');
  }
}
