import { Migration } from '@mikro-orm/migrations';

/** 存款查核 [IM-7.1-c]: whether a region has the deposits of secured households checked. Nowhere, unless a document says so. */
export class Migration20261130Deposits extends Migration {
  override up(): void {
    this.addSql(`
      insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
      select gen_random_uuid(), 'deposits.checked', region, 0, 'flag', '默认值，待地方文件确定', 'UNVERIFIED', '2014-01-01', '2014-01-01'
      from unnest(array['15','45']) as region`);
  }
}
