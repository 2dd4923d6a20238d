import { Migration } from '@mikro-orm/migrations';

const refusal = (text: string, constraint: string): string =>
  `raise exception '${text}' using errcode = 'check_violation', constraint = '${constraint}';`;

/** 抽查、销毁: files drawn by a published seed and what was found, and what of a file is gone by whose decision. */
export class Migration20261130ArchiveCare extends Migration {
  override up(): void {
    this.checks();
    this.disposals();
    for (const table of ['spot_check', 'spot_check_file', 'archive_disposal', 'archive_erasure'])
      this.addSql(`call guard_by_region('${table}'); grant select on ${table} to anju_app`);
    this.addSql(`
      grant insert on spot_check, spot_check_file, archive_disposal to anju_app;
      grant update (found, defects, checked_on, checked_by, office) on spot_check_file to anju_app;
      grant update (confirmed_by, confirmed_on) on archive_disposal to anju_app;
      create trigger archive_stands before update or delete or truncate on archive_erasure for each statement execute function archive_stands();
      create trigger archive_stands before update or delete or truncate on spot_check for each statement execute function archive_stands()`);
    this.guards();
    /* Whoever erases is the owner at hand; the hub's own role cannot get here by saying so. */
    this.addSql(`
      drop trigger guard_application_document on application_document;
      create trigger guard_application_document before insert or update on application_document for each row
        when (current_setting('app.erasing', true) is distinct from 'on' or session_user = 'anju_app') execute function guard_application_document()`);
  }

  private checks(): void {
    this.addSql(`
      create table spot_check (
        id uuid primary key,
        region_code text not null references region (code),
        year int not null check (year between 2000 and 2200),
        seed text not null,
        size int not null check (size > 0),
        of_files int not null check (of_files >= 0),
        drawn_at timestamptz not null,
        drawn_by text not null,
        role text not null,
        office text not null,
        constraint spot_check_once unique (region_code, year, seed)
      );
      comment on column spot_check.seed is 'published before: files come in the order of HMAC-SHA256(seed, file id)';
      comment on column spot_check.of_files is 'how many files were there to draw from';
      create table spot_check_file (
        check_id uuid not null references spot_check (id),
        place int not null check (place > 0),
        region_code text not null references region (code),
        file_id uuid not null references archive_file (id),
        found text check (found in ('IN_ORDER','DEFECTIVE')),
        defects text,
        checked_on date,
        checked_by text,
        office text,
        primary key (check_id, place),
        constraint spot_file_once unique (check_id, file_id),
        constraint spot_checked check (num_nulls(found, checked_on, checked_by, office) in (0, 4) and (found = 'DEFECTIVE') is not distinct from (case when found is null then null else defects is not null end))
      );
      create index on spot_check_file (file_id)`);
  }

  private disposals(): void {
    this.addSql(`
      create table archive_disposal (
        id uuid primary key,
        region_code text not null references region (code),
        file_id uuid not null references archive_file (id),
        document_number text not null,
        proposed_by text not null,
        proposed_on date not null,
        role text not null,
        office text not null,
        confirmed_by text,
        confirmed_on date,
        constraint disposal_by_two check (confirmed_by <> proposed_by),
        constraint disposal_confirmed check (num_nulls(confirmed_by, confirmed_on) in (0, 2))
      );
      create unique index disposal_one_open on archive_disposal (file_id) where confirmed_by is null;
      create table archive_erasure (
        entry_id uuid primary key references archive_entry (id),
        region_code text not null,
        ground text not null check (ground in ('RETENTION','DECISION')),
        disposal_id uuid references archive_disposal (id),
        erased_on date not null,
        erased_by text not null,
        check ((ground = 'DECISION') = (disposal_id is not null))
      )`);
  }

  private guards(): void {
    this.addSql(`
      create function guard_spot_file() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        if tg_op = 'INSERT' and new.found is not null then ${refusal('nobody looked yet', 'spot_begins')} end if;
        if tg_op = 'UPDATE' and old.found is not null then ${refusal('looked at already', 'spot_once')} end if;
        return new;
      end $$;
      revoke all on function guard_spot_file from public;
      create trigger guard_spot_file before insert or update on spot_check_file for each row execute function guard_spot_file();
      create function guard_disposal() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        if tg_op = 'INSERT' and new.confirmed_by is not null then ${refusal('it begins as a proposal', 'disposal_begins')} end if;
        if tg_op = 'UPDATE' and old.confirmed_by is not null then ${refusal('confirmed already', 'disposal_once')} end if;
        if not exists (select from archive_file f where (f.id, f.region_code) = (new.file_id, new.region_code)) then
          ${refusal('of another region', 'archive_of_household')}
        end if;
        return new;
      end $$;
      revoke all on function guard_disposal from public;
      create trigger guard_disposal before insert or update on archive_disposal for each row execute function guard_disposal()`);
  }
}
