import { Migration } from '@mikro-orm/migrations';

/** 批量导入 [IM-5.2]: every load of a file leaves its trace, and every record that came with one keeps the key it had there. */
export class Migration20261130Imports extends Migration {
  override up(): void {
    this.addSql(`
      create table import_batch (
        id uuid primary key,
        region_code text not null references region (code),
        kind text not null check (kind in ('APPLICATIONS','HOUSEHOLDS')),
        source text not null check (source ~ '^[A-Za-z0-9_.-]{1,64}$'),
        file_hash text not null check (file_hash ~ '^[0-9a-f]{64}$'),
        taken_by text not null,
        role text not null,
        office text not null,
        started_at timestamptz not null,
        finished_at timestamptz,
        rows int,
        created int,
        updated int,
        unchanged int,
        refused int,
        constraint import_batch_counted check (num_nulls(finished_at, rows, created, updated, unchanged, refused) in (0, 6) and rows = created + updated + unchanged + refused)
      );
      comment on column import_batch.source is 'name of the system whose keys stand in the file';
      comment on column import_batch.finished_at is 'null: it runs, or the hub fell meanwhile';
      create index on import_batch (region_code, started_at);
      create table import_key (
        region_code text not null references region (code),
        kind text not null,
        source text not null,
        source_key text not null check (char_length(source_key) between 1 and 64),
        target_id uuid not null,
        row_hash text not null check (row_hash ~ '^[0-9a-f]{64}$'),
        batch_id uuid not null references import_batch (id),
        primary key (region_code, kind, source, source_key)
      );
      comment on column import_key.target_id is 'the application or household that the row made';
      comment on column import_key.row_hash is 'of the row as it was loaded last; of households empty';
      comment on column import_key.batch_id is 'the batch that wrote the row last';
      create index on import_key (target_id);
      call guard_by_region('import_batch');
      call guard_by_region('import_key');
      grant select, insert, update (finished_at, rows, created, updated, unchanged, refused) on import_batch to anju_app;
      grant select, insert, update (row_hash, batch_id) on import_key to anju_app`);
  }
}
