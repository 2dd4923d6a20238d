import { Migration } from '@mikro-orm/migrations';

/**
 * A partner is its keys; what it may do stands in grants (purpose, fields, regions, days, persons a day) and in the documents
 * registered for it. Grants of before are not carried over: without a registered document none of them could be used.
 */
export class Migration20261125Partners extends Migration {
  override up(): void {
    this.addSql(`
      alter table partner
        drop column purposes, drop column fields, drop column valid_from, drop column valid_until,
        add column keys jsonb not null default '[]',
        add column added_at timestamptz not null default now()`);
    this.addSql(
      `comment on column partner.keys is 'public keys (JWK, each with kid and alg) that its client assertions are signed with'`,
    );
    this.addSql(`
      create table sharing_grant (
        id uuid primary key,
        client_id text not null references partner (client_id),
        purpose text not null references purpose (code),
        fields text[] not null,
        regions text[] not null check (cardinality(regions) > 0),
        daily_persons int not null check (daily_persons >= 0),
        valid_from date not null,
        valid_until date not null check (valid_until >= valid_from),
        granted_at timestamptz not null,
        revoked_at timestamptz
      )`);
    /* One grant at a time for a purpose: a new one takes the place of the old. */
    this.addSql('create unique index on sharing_grant (client_id, purpose) where revoked_at is null');
    this.addSql(`
      create table partner_document (
        id uuid primary key,
        client_id text not null references partner (client_id),
        hash text not null check (hash ~ '^[0-9a-f]{64}$'),
        name text not null,
        text text not null,
        purpose text not null references purpose (code),
        clause text not null,
        row_cap int not null check (row_cap > 0),
        registered_at timestamptz not null,
        withdrawn_at timestamptz
      )`);
    this.addSql('create unique index on partner_document (client_id, hash) where withdrawn_at is null');
    this.addSql('grant select on sharing_grant, partner_document to anju_app, anju_engine');
    /* Client assertions already used, by SHA-256 of their jti, until they have expired: a replay is refused by any process. */
    this.addSql(`
      create table used_assertion (
        client_id text not null,
        jti bytea not null,
        expires_at timestamptz not null,
        primary key (client_id, jti)
      )`);
    this.addSql('create index on used_assertion (expires_at)');
    this.addSql('grant select, insert, delete on used_assertion to anju_app');
    this.receipts();
    this.addSql('alter table cross_check add column grant_id uuid references sharing_grant (id)');
    this.addSql(
      `comment on column cross_check.grant_id is 'grant under which a partner system asked; null for an officer'`,
    );
  }

  private receipts(): void {
    this.addSql(`
      create table receipt (
        id uuid not null,
        at timestamptz not null,
        client_id text not null,
        purpose text not null,
        document_hash text not null,
        request_hash text not null,
        hash text not null,
        signature text not null,
        request_id text not null,
        primary key (id, at)
      ) partition by range (at)`);
    this.addSql(`comment on column receipt.hash is 'SHA-256 of the canonical text that the partner holds'`);
    this.addSql('create index on receipt (client_id, at)');
    this.addSql(`select ensure_partitions('receipt', '2026-10-01', 12)`);
    this.addSql('grant insert on receipt to anju_app');
  }
}
