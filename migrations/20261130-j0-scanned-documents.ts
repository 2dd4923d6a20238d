import { Migration } from '@mikro-orm/migrations';

/** 病毒扫描: whether a scanner looked at a document before it was taken. Of those taken before this, none did. */
export class Migration20261130ScannedDocuments extends Migration {
  override up(): void {
    this.addSql(`
      alter table application_document add column scan text not null default 'NOT_SCANNED' check (scan in ('CLEAN','NOT_SCANNED'));
      comment on column application_document.scan is 'CLEAN: a virus scanner looked through it before it was taken and knew nothing of it'`);
  }
}
