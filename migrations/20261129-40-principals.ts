import { Migration } from '@mikro-orm/migrations';

/** Client keys belong to a principal, not to a subject: two callers of one name shared them. Of those taken before, whose they were is not known. */
export class Migration20261129Principals extends Migration {
  override up(): void {
    this.addSql('delete from idempotency_key');
    this.addSql(`comment on column idempotency_key.client is 'principal: kind, issuer and subject of the caller'`);
  }
}
