import { Migration } from '@mikro-orm/migrations';

/** 年审: how long after the last review or the approval the next one is overdue. */
export class Migration20261129ReviewInterval extends Migration {
  override up(): void {
    this.addSql(`
      insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
      select gen_random_uuid(), 'review.interval-months', region, 12, 'month', '内蒙古通知七', 'SEED', '2014-01-01', '2014-01-01'
      from unnest(array['15','45']) as region`);
  }
}
