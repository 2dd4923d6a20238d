import { migrations } from '../../migrations';
import { migrate } from '../store/migrate';

/**
 * Brings a database, new or old, to what this version of the hub expects: logins, tables, region codes, views of answers.
 * The product's start, `hub migrate` and the template of the tests all come through here. Returns the migrations applied.
 */
export async function prepareDatabase(ownerUrl: string, roleKey: Buffer, say?: (line: string) => void): Promise<string[]> {
  return migrate({ ownerUrl, roleKey, migrations, say });
}
