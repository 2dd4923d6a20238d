import type { Client } from 'pg';
import { connectors } from '../../connectors';
import { migrationNames } from '../../migrations/names';
import { createAnswerViews } from '../exchange/answer-view';
import { loadCalendar } from '../store/calendar-table';
import { installChangeLog } from '../store/change-log';
import { migrate, type MigrationPlan } from '../store/migrate';
import { asOwner } from '../store/owner';
import { loadRegions } from '../store/region-table';

type Preparing = Partial<Pick<MigrationPlan, 'say' | 'apply'>>;

/** Loaded only where something is pending. */
const applyAll: MigrationPlan['apply'] = async (ownerUrl) =>
  (await import('./apply-migrations.js')).applyAllMigrations(ownerUrl);

/**
 * Brings a database, new or old, to what this version of the hub expects: logins, tables, region codes, working days, views
 * of answers, the log of changes.
 * The product's start, `hub migrate` and the template of the tests all come through here. Returns the migrations applied.
 */
export const prepareDatabase = (ownerUrl: string, roleKey: Buffer, how: Preparing = {}): Promise<string[]> =>
  asOwner(ownerUrl, (owner) => prepareOver(owner, ownerUrl, roleKey, how));

/** The same over an open connection of the owner. */
export async function prepareOver(
  owner: Client,
  ownerUrl: string,
  roleKey: Buffer,
  { say, apply = applyAll }: Preparing = {},
): Promise<string[]> {
  const applied = await migrate(owner, { ownerUrl, roleKey, names: migrationNames(), apply, say });
  await loadRegions(owner);
  await loadCalendar(owner);
  await createAnswerViews(owner, connectors);
  await installChangeLog(owner);
  return applied;
}
