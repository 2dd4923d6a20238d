/** Rows under way: the transaction's own, and sealed already. */
export const INCOMING = `
  create temp table incoming (row int not null, id uuid not null, id_index bytea not null, sealed bytea not null) on commit drop`;

export const COPY = 'copy incoming (row, id, id_index, sealed) from stdin';

/** Takes numbers that stand in several rows out again, and returns them. */
export const DUPLICATES = `
  with twice as (select id_index from incoming group by id_index having count(*) > 1),
  out as (delete from incoming i using twice t where i.id_index = t.id_index returning i.row, i.id, i.sealed)
  select row, id, sealed from out order by row`;

export const KNOWN = 'select sha256, rows, landed, rejected from register_parcel where source = $1 and id = $2';

export const PARCEL = `
  insert into register_parcel (source, id, sha256, as_of, coverage, rows, landed, rejected, imported_at, imported_by)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;

/** The newer extract wins, person by person; an older one that comes late changes nothing about those already known. */
export const LAND = `
  insert into register_entry (source, id_index, id, parcel, as_of, sealed, sealed_key)
  select $1, id_index, id, $2, $3, sealed, $4 from incoming
  on conflict (source, id_index) do update
    set id = excluded.id, parcel = excluded.parcel, as_of = excluded.as_of, sealed = excluded.sealed, sealed_key = excluded.sealed_key
    where register_entry.as_of <= excluded.as_of`;

/** Entries that are too old to answer anything are not kept. */
export const EXPIRED = 'delete from register_entry where source = $1 and as_of < $2::date';

export const HELD = 'select id, id_index, as_of, sealed, coverage from register_lookup($1, $2, $3)';
