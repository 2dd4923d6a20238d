import { Migration } from '@mikro-orm/migrations';

/** The app role publishes: it adds snapshots and supersedes them, and can neither change nor remove what was published. */
export class Migration20261122Publisher extends Migration {
  override up(): void {
    this.addSql(`
      grant insert on publication, published_registered_object to anju_app;
      grant update (superseded_at) on publication to anju_app`);
    /* Open applications of a county, page by page. */
    this.addSql(`create index on housing_case (region_code, id) where kind = 'APPLICATION' and closed_on is null`);
  }
}
