import { Migration } from '@mikro-orm/migrations';

/**
 * A load fills tables faster than autovacuum counts them (once a minute at best): until then each look-up of a row walks its whole county. What a load
 * reads is counted as it grows; only an owner may, so the function does.
 */
export class Migration20261130ImportStatistics extends Migration {
  override up(): void {
    this.addSql(`
      create function count_what_imports_read() returns void language sql security definer set search_path = public, pg_temp as
        'analyze household, household_member, person, housing_case, application, application_entry, import_key';
      revoke all on function count_what_imports_read from public;
      grant execute on function count_what_imports_read to anju_app`);
  }
}
