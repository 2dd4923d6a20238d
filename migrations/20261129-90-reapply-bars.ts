import { Migration } from '@mikro-orm/migrations';

/** 违规名单: who gave a dwelling or subsidy back after fraud or misuse, since when, and by which decision [RR-18]. */
export class Migration20261129ReapplyBars extends Migration {
  override up(): void {
    this.addSql(`
      create table reapply_bar (
        id uuid primary key,
        region_code text not null references region (code),
        household_id uuid not null references household (id),
        person_id uuid not null references person (id),
        ground text not null check (ground in ('FRAUD','MISUSE')),
        returned_on date not null,
        document_number text not null check (document_number <> ''),
        lifted_on date check (lifted_on >= returned_on),
        lifting_document text check (lifting_document <> ''),
        constraint reapply_bar_lifted_by_document check ((lifted_on is null) = (lifting_document is null)),
        constraint reapply_bar_once unique (household_id, person_id, returned_on)
      );
      create index on reapply_bar (person_id);
      create index on reapply_bar (region_code)`);
    this.addSql(`call guard_by_region('reapply_bar')`);
    /* What was decided is not rewritten: a bar is lifted, by another document. */
    this.addSql(`
      grant select, insert, update (lifted_on, lifting_document) on reapply_bar to anju_app;
      grant select on reapply_bar to anju_engine`);
  }
}
