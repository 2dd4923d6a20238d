import { Migration } from '@mikro-orm/migrations';

/** 统一社会信用代码 of the agency that answers for a partner, where the operator entered it: checked before it is kept. */
export class Migration20261129CreditCode extends Migration {
  override up(): void {
    this.addSql(`alter table partner add column credit_code text check (credit_code ~ '^[0-9A-HJ-NP-RTUWXY]{18}$')`);
    this.addSql(`comment on column partner.credit_code is 'unified social credit code (GB 32100) of the agency'`);
  }
}
