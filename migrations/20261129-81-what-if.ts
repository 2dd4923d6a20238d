import { Migration } from '@mikro-orm/migrations';

/** 政策试算: signed reports of what a file of numbers would do; how old one may be when the file is loaded. */
export class Migration20261129WhatIf extends Migration {
  override up(): void {
    this.addSql(`
      create table what_if_report (
        id uuid primary key,
        at timestamptz not null,
        file_hash text not null,
        made_by text not null,
        body text not null,
        hash text not null,
        signature text not null
      )`);
    this.addSql(`
      insert into parameter (id, code, value, unit, document_number, mark, valid_from, known_from)
      values (gen_random_uuid(), 'what-if.max-age-days', 30, 'day', '默认值，待地方文件确定', 'UNVERIFIED', '2014-01-01', '2014-01-01')`);
  }
}
