import { Migration } from '@mikro-orm/migrations';

/** What a finding's sentence needs beside numbers: a date that passed, a parameter without a value, 'elsewhere'. */
export class Migration20261122Engine extends Migration {
  override up(): void {
    this.addSql(`alter table evaluation add column note text[] not null default '{}'`);
    this.addSql(
      `comment on column evaluation.note is 'in rule-set order; a word, a parameter code or a date, never a person''s value'`,
    );
  }
}
