import { Client } from 'pg';
import { connectors } from '../../connectors';
import { migrations } from '../../migrations';
import { createAnswerViews } from '../exchange/answer-view';
import { loadCalendar } from '../store/calendar-table';
import { installChangeLog } from '../store/change-log';
import { migrate } from '../store/migrate';
import { loadRegions } from '../store/region-table';

/**
 * Brings a database, new or old, to what this version of the hub expects: logins, tables, region codes, working days, views
 * of answers, the log of changes.
 * The product's start, `hub migrate` and the template of the tests all come through here. Returns the migrations applied.
 */
export async function prepareDatabase(
  ownerUrl: string,
  roleKey: Buffer,
  say?: (line: string) => void,
): Promise<string[]> {
  const applied = await migrate({ ownerUrl, roleKey, migrations, say });
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await loadRegions(owner);
    await loadCalendar(owner);
    await createAnswerViews(owner, connectors);
    await installChangeLog(owner);
  } finally {
    await owner.end();
  }
  return applied;
}
