import { Migration } from '@mikro-orm/migrations';

/** 筹集方式 [IM-5.4] of a dwelling: how it came into the stock. Of those recorded before nobody knows. */
export class Migration20261130DwellingRaising extends Migration {
  override up(): void {
    this.addSql(
      `alter table dwelling add column raising text check (raising in ('NEW_BUILD','ALLOCATED_BUILD','PURCHASE','CONVERSION','LONG_LEASE','OTHER'))`,
    );
  }
}
