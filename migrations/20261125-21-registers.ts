import { Migration } from '@mikro-orm/migrations';

/**
 * Extracts of an agency's register, handed over as a file. An entry is sealed whole and found by the blind index of its
 * number alone: no role of the hub may read the table, and the function answers for numbers that are already known.
 */
export class Migration20261125Registers extends Migration {
  override up(): void {
    this.addSql(`
      create table register_parcel (
        source text not null,
        id text not null,
        sha256 text not null,
        as_of date not null,
        coverage jsonb not null,
        rows int not null,
        landed int not null,
        rejected int not null,
        imported_at timestamptz not null,
        imported_by text not null,
        primary key (source, id)
      )`);
    this.addSql(`comment on column register_parcel.sha256 is 'of the manifest, which holds those of the files'`);
    this.addSql(`
      create table register_entry (
        source text not null,
        id_index bytea not null,
        id uuid not null,
        parcel text not null,
        as_of date not null,
        sealed bytea not null,
        sealed_key text not null,
        primary key (source, id_index),
        foreign key (source, parcel) references register_parcel (source, id)
      )`);
    this.addSql(`comment on column register_entry.sealed is 'number, names and facts as JSON, bound to this row'`);
    this.addSql('create index on register_entry (source, as_of)');
    this.addSql(`
      create function register_lookup(of_source text, indexes bytea[], oldest date)
      returns table (id uuid, id_index bytea, as_of date, sealed bytea, coverage jsonb)
      language sql stable security definer set search_path = public, pg_temp as $$
        select e.id, e.id_index, e.as_of, e.sealed, p.coverage
        from register_entry e join register_parcel p on p.source = e.source and p.id = e.parcel
        where e.source = of_source and e.id_index = any (indexes) and e.as_of >= oldest
      $$;
      revoke all on function register_lookup from public;
      grant execute on function register_lookup to anju_app`);
  }
}
