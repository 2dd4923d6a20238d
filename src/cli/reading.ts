import type { Database } from '../store/database';
import { withServer } from './server';
import { settings } from './settings';

/** The pools of this configuration's database, for a command that only looks. */
export async function reading(what: string, work: (db: Database) => Promise<void>): Promise<void> {
  const config = settings();
  const { openDatabase } = await import('../store/database.js');
  await withServer(config, what, async ({ ownerUrl }) => {
    const db = openDatabase(ownerUrl, config.secrets.ROLE_KEY, { max: 1 });
    try {
      await work(db);
    } finally {
      await db.close();
    }
  });
}
