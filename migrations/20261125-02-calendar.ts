import { Migration } from '@mikro-orm/migrations';

/** 工作日历: which days are off or made up for, by region and document; a year without a line in `calendar_year` is not announced. */
export class Migration20261125Calendar extends Migration {
  override up(): void {
    this.addSql(`
      create table calendar_year (
        year int not null,
        region_code text references region (code),
        document_number text not null,
        mark text not null check (mark in ('SEED','NATIONAL','LOCAL','UNVERIFIED')),
        unique nulls not distinct (year, region_code)
      );
      comment on column calendar_year.region_code is 'null: the whole country';
      create table calendar_day (
        day date not null,
        region_code text references region (code),
        kind text not null check (kind in ('HOLIDAY','WORKDAY')),
        name text not null,
        document_number text not null,
        mark text not null check (mark in ('SEED','NATIONAL','LOCAL','UNVERIFIED')),
        unique nulls not distinct (day, region_code)
      );
      comment on column calendar_day.kind is 'HOLIDAY: off though it may be a weekday; WORKDAY: worked though it is a weekend';
      grant select on calendar_year, calendar_day to anju_app, anju_engine`);
    /* The region itself, then each one above it, at last the whole country (null). Nearest first. */
    this.addSql(`
      create function region_lineage(region text) returns table (code text, distance int) language sql stable as $$
        with recursive step (code, distance) as (
          select region, 0
          union all
          select r.parent_code, distance + 1 from step join region r on r.code = step.code
        )
        select code, distance from step
      $$`);
    /* Days after a day, each with whether it is worked in the region and whether its year is announced: the nearest region's word counts. */
    this.addSql(`
      create function calendar_of(region text, after date, days int) returns table (day date, working boolean, announced boolean) language sql stable as $$
        with lineage as materialized (select * from region_lineage(region)),
        known as materialized (select year from calendar_year where region_code is null)
        select d.day, coalesce(named.kind = 'WORKDAY', extract(isodow from d.day) < 6), extract(year from d.day)::int in (select year from known)
        from (select after + n as day from generate_series(1, days) as n) as d
        left join lateral (
          select c.kind from lineage l join calendar_day c on c.day = d.day and c.region_code is not distinct from l.code order by l.distance limit 1
        ) as named on true
      $$`);
    /*
     * The n-th working day after a day, the day itself not counted (Civil Code art. 201). Provisional: a year on the way is not
     * announced, so weekends alone were counted there. No run of days off is longer than half of any two months.
     */
    this.addSql(`
      create function add_working_days(region text, after date, n int, out day date, out provisional boolean) language sql stable as $$
        select day, not known from (
          select day, working, sum(working::int) over w as nth, bool_and(announced) over w as known
          from calendar_of(region, after, 2 * n + 60) window w as (order by day)
        ) as counted where working and nth = n
        union all select after, false where n = 0
      $$`);
  }
}
