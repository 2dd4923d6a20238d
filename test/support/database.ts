import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { openDatabase, type Database } from '../../src/store/database';
import { keepTables } from './scan/keep';
import { onDatabase, TEMPLATE, testCluster } from './cluster';

/** A database of one test file: a clone of the migrated template, with regions and without anything else. */
export interface TestDatabase {
  readonly ownerUrl: string;
  readonly roleKey: Buffer;
  /** Connected as owner. */
  readonly owner: Client;
  /** Pools of the hub's logins, as the product opens them. */
  readonly db: Database;
  /** Closes what it opened and drops the database, whoever else is still connected. */
  close(): Promise<void>;
  /** Closes itself, and leaves so many databases of the same content in its place. */
  split(copies: number): Promise<TestDatabase[]>;
}

/** `beforeAll(async () => (base = await testDatabase()))`, `afterAll(() => base.close())`. */
export async function testDatabase(template = TEMPLATE): Promise<TestDatabase> {
  const empty = await emptyDatabase(template);
  const roleKey = Buffer.from(testCluster().roleKey, 'base64');
  const db = openDatabase(empty.ownerUrl, roleKey);
  const close = async () => {
    await db.close();
    await keepTables(empty.owner);
    await empty.close();
  };
  const split = async (copies: number) => {
    await Promise.all([db.close(), empty.owner.end()]);
    const name = new URL(empty.ownerUrl).pathname.slice(1);
    const made: TestDatabase[] = [];
    while (made.length < copies) made.push(await testDatabase(name));
    await once(testCluster().adminUrl, `drop database ${name} with (force)`);
    return made;
  };
  return { ...empty, roleKey, db, close, split };
}

/** A database without a table, for worlds of agencies and for migrations themselves. */
export async function emptyDatabase(
  template = 'template1',
): Promise<Pick<TestDatabase, 'ownerUrl' | 'owner' | 'close'>> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const { adminUrl, ownerUrl: templateUrl } = testCluster();
  const ownerUrl = onDatabase(templateUrl, name);
  await once(
    adminUrl,
    `create database ${name} template ${template} owner ${new URL(ownerUrl).username} strategy file_copy`,
  );
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  const close = async () => {
    await owner.end();
    await once(adminUrl, `drop database ${name} with (force)`);
  };
  return { ownerUrl, owner, close };
}

async function once(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
