import { Migration } from '@mikro-orm/migrations';

/** 在享保障核查 [IM-5.6(a)]: a purpose of partners alone. It names no source, so that no letter, cross-check or watch can rest on it. */
export class Migration20261130SecurityStatus extends Migration {
  override up(): void {
    this.addSql(`
      insert into purpose (code, title, basis, sources, fields) values
        ('SECURITY_STATUS', '在享住房保障情况核查', 'IM-5.6(a)', '{}', '{housing.security}')`);
  }
}
