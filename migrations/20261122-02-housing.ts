import { Migration } from '@mikro-orm/migrations';

/** Household, person, member, case, entitlement. */
export class Migration20261122Housing extends Migration {
  override up(): void {
    this.addSql(`
      create table household (
        id uuid primary key,
        region_code text not null references region (code),
        file_number text not null,
        registered_on date not null,
        closed_on date,
        unique (region_code, file_number)
      )`);
    this.addSql('create index on household (region_code, id)');
    /* One row per identity. The number is sealed; the blind index finds it. */
    this.addSql(`
      create table person (
        id uuid primary key,
        region_code text not null references region (code),
        name text not null,
        birth_date date not null,
        id_number bytea not null,
        id_number_key text not null,
        id_index bytea not null unique
      )`);
    this.addSql('create index on person (region_code, id)');
    this.addSql(`
      create table household_member (
        id uuid primary key,
        region_code text not null references region (code),
        household_id uuid not null references household (id),
        person_id uuid not null references person (id),
        relation text not null check (relation in ('APPLICANT','SPOUSE','CHILD','PARENT','GRANDPARENT','GRANDCHILD','SIBLING','OTHER')),
        declared_name text not null,
        from_date date not null,
        to_date date check (to_date >= from_date)
      )`);
    this.addSql('create index on household_member (household_id)');
    this.addSql('create index on household_member (person_id)');
    this.addSql('create index on household_member (region_code)');
    this.addSql(`
      create table housing_case (
        id uuid primary key,
        region_code text not null references region (code),
        household_id uuid not null references household (id),
        kind text not null check (kind in ('APPLICATION','ANNUAL_REVIEW','RE_CHECK')),
        programme text not null check (programme in ('LOW_RENT','PUBLIC_RENTAL','AFFORDABLE_SALE','PRICE_CAPPED_SALE','RENTAL_SUBSIDY')),
        applicant_id uuid not null references person (id),
        submitted_on date not null,
        closed_on date,
        declared_income_fen bigint check (declared_income_fen >= 0)
      )`);
    this.addSql(
      `comment on column housing_case.declared_income_fen is 'declared monthly income of the household, fen; null = not declared'`,
    );
    this.addSql('create index on housing_case (household_id)');
    this.addSql('create index on housing_case (region_code, submitted_on)');
    this.addSql(`
      create table entitlement (
        id uuid primary key,
        region_code text not null references region (code),
        household_id uuid not null references household (id),
        programme text not null check (programme in ('LOW_RENT','PUBLIC_RENTAL','AFFORDABLE_SALE','PRICE_CAPPED_SALE','RENTAL_SUBSIDY')),
        since date not null,
        until date check (until >= since)
      )`);
    this.addSql('create index on entitlement (household_id)');
    this.addSql('create index on entitlement (region_code)');
    for (const table of ['household', 'household_member', 'housing_case', 'entitlement']) {
      this.addSql(`call guard_by_region('${table}')`);
      this.addSql(`grant select, insert, update on ${table} to anju_app`);
      this.addSql(`grant select on ${table} to anju_engine`);
    }
    this.personScope();
    this.registerPersons();
  }

  /** A person is seen by the region that registered it and by every region in which it is a member of a household. */
  private personScope(): void {
    this.addSql(`
      alter table person enable row level security;
      alter table person force row level security;
      create policy app_scope on person to anju_app using (region_code = any ((select hub_regions())::text[])
        or exists (select from household_member m where m.person_id = person.id and m.region_code = any ((select hub_regions())::text[])));
      create policy engine_reads on person for select to anju_engine using (true);
      create policy owner_all on person to current_user using (true) with check (true);
      grant select on person to anju_app, anju_engine`);
  }

  /** Finds or makes persons by blind index, so that no clerk learns from an error who is known elsewhere (security.md §1, 3). */
  private registerPersons(): void {
    this.addSql(`
      create function register_persons(ids uuid[], regions text[], names text[], births date[], numbers bytea[], keys text[], indexes bytea[])
      returns table (ordinal bigint, person_id uuid) language sql volatile security definer set search_path = public, pg_temp as $$
        with given as (
          select * from unnest(ids, regions, names, births, numbers, keys, indexes)
            with ordinality as g (id, region_code, name, birth_date, id_number, id_number_key, id_index, ordinal)
        ), made as (
          insert into person (id, region_code, name, birth_date, id_number, id_number_key, id_index)
          select distinct on (id_index) id, region_code, name, birth_date, id_number, id_number_key, id_index from given order by id_index, ordinal
          on conflict (id_index) do nothing returning id, id_index
        )
        select g.ordinal, coalesce(m.id, p.id) from given g
          left join made m on m.id_index = g.id_index left join person p on p.id_index = g.id_index order by g.ordinal
      $$;
      revoke all on function register_persons from public;
      grant execute on function register_persons to anju_app`);
  }
}
