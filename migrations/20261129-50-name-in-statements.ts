import { Migration } from '@mikro-orm/migrations';

/** `name_in_scope` is part of the statements that need it (src/store/name-in-scope.ts). */
export class Migration20261129NameInStatements extends Migration {
  override up(): void {
    this.addSql('drop function name_in_scope');
  }
}
