import { Migration } from '@mikro-orm/migrations';

const FROM = '2026-10-01';
const QUARTERS = 12;

/** Who did, who saw. The hub's roles may insert here and do nothing else. */
export class Migration20261122Audit extends Migration {
  override up(): void {
    this.addSql(`
      create table read_entry (
        id uuid not null default gen_random_uuid(),
        at timestamptz not null default clock_timestamp(),
        subject text not null,
        role text not null,
        office text not null,
        person_id uuid not null,
        source text not null,
        fields text[] not null,
        purpose text,
        case_id uuid,
        letter_id uuid,
        request_id text not null,
        primary key (id, at)
      ) partition by range (at)`);
    this.addSql('create index on read_entry (person_id, at)');
    this.addSql(`
      create table write_entry (
        id uuid not null default gen_random_uuid(),
        at timestamptz not null default clock_timestamp(),
        subject text not null,
        role text not null,
        office text not null,
        verb text not null,
        entity text not null,
        entity_id text not null,
        region_code text,
        fields text[] not null,
        request_id text not null,
        primary key (id, at)
      ) partition by range (at)`);
    this.addSql('create index on write_entry (entity, entity_id, at)');
    for (const table of ['read_entry', 'write_entry']) {
      this.addSql(`select ensure_partitions('${table}', '${FROM}', ${QUARTERS})`);
      this.addSql(`grant insert on ${table} to anju_audit_writer`);
    }
  }
}
