import { connectors } from '../../connectors';
import { migrationNames } from '../../migrations/names';
import { createAnswerViews } from '../exchange/answer-view';
import { migrate } from '../store/migrate';
import { asOwner } from '../store/owner';
import { loadRegions } from '../store/region-table';

/**
 * Brings a database, new or old, to what this version of the hub expects: logins, tables, region codes, views of answers.
 * The product's start, `hub migrate` and the template of the tests all come through here. Returns the migrations applied.
 */
export const prepareDatabase = (ownerUrl: string, roleKey: Buffer, say?: (line: string) => void): Promise<string[]> =>
  asOwner(ownerUrl, async (owner) => {
    const load = async () => (await import('../../migrations/index.js')).migrations;
    const applied = await migrate(owner, { ownerUrl, roleKey, names: migrationNames(), load, say });
    await loadRegions(owner);
    await createAnswerViews(owner, connectors);
    return applied;
  });
