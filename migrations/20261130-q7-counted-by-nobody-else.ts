import { Migration } from '@mikro-orm/migrations';
import { rewritten } from './rewritten';

const COUNTED_AGAIN = 'and old.reply_by_provisional and not new.reply_by_provisional and new.reply_by >= old.reply_by';

/** A provisional time is counted again once its year is announced, and by nobody else: the hub's own role may not lengthen it. */
export class Migration20261130CountedByNobodyElse extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      rewritten('guard_change', `${COUNTED_AGAIN} then`, `${COUNTED_AGAIN} and current_user <> 'anju_app' then`),
    );
  }
}
