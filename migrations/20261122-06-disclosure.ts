import { Migration } from '@mikro-orm/migrations';

/** What was made public: snapshots into which only masked values were ever written. */
export class Migration20261122Disclosure extends Migration {
  override up(): void {
    this.addSql(`
      create table publication (
        id uuid primary key,
        feed text not null,
        region_code text not null references region (code),
        published_at timestamptz not null,
        take_down_at timestamptz,
        superseded_at timestamptz,
        snapshot_hash text not null,
        row_count int not null,
        mask_profile text not null,
        publisher text not null
      )`);
    this.addSql('create unique index on publication (feed, region_code) where superseded_at is null');
    /* GX-7.2.1(2): name, masked number, security type, registration date; the row number links nothing. */
    this.addSql(`
      create table published_registered_object (
        publication_id uuid not null references publication (id),
        published_at timestamptz not null,
        row_number int not null,
        applicant_name text not null,
        citizen_id_masked text not null check (citizen_id_masked ~ '\\*{8,}'),
        security_type text not null,
        registration_date date not null,
        primary key (publication_id, row_number, published_at)
      ) partition by range (published_at)`);
    this.addSql(`select ensure_partitions('published_registered_object', '2026-10-01', 12)`);
    this.addSql('grant select on publication, published_registered_object to anju_public_reader, anju_app');
    this.addSql(
      'create table mask_profile (region_code text primary key references region (code), profile text not null, document_number text not null)',
    );
    this.addSql('grant select on mask_profile to anju_app, anju_engine');
  }
}
