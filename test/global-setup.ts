import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { applyAllMigrations } from '../src/cli/apply-migrations';
import { prepareDatabase } from '../src/cli/prepare';
import { startEmbedded } from '../src/store/embedded';
import { isAlive } from '../src/store/embedded/alive';
import { asOwner } from '../src/store/owner';
import { stopPostmaster } from '../src/store/embedded/postmaster';
import { publishCluster, TEMPLATE } from './support/cluster';
import { REMEMBER_JOBS } from './support/scan/keep';
import { openScan } from './support/scan/run';
import { printSeed } from './support/seed';

/** Not in /tmp: a user's own temporary folder may be closed to the account a root's server runs as. */
const PARENT = '/var/tmp';
const PREFIX = 'anju-test-';

/** One server and one migrated template for the whole run; every test file clones the template. */
export default async function setup(): Promise<void> {
  await sweep();
  printSeed();
  openScan();
  const dataDir = mkdtempSync(join(PARENT, `${PREFIX}${process.pid}-`));
  const server = await startEmbedded({ dataDir, database: TEMPLATE, throwaway: true });
  const roleKey = randomBytes(32);
  await prepareDatabase(server.ownerUrl, roleKey, { apply: applyAllMigrations });
  await asOwner(server.ownerUrl, (owner) => owner.query(REMEMBER_JOBS));
  publishCluster({
    adminUrl: server.adminUrl,
    ownerUrl: server.ownerUrl,
    dataDir,
    roleKey: roleKey.toString('base64'),
  });
}

/** Servers of runs that were killed. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(PARENT).filter((entry) => entry.startsWith(PREFIX))) {
    if (isAlive(Number(name.slice(PREFIX.length).split('-')[0]))) continue;
    await stopPostmaster(join(PARENT, name, 'pg'));
    rmSync(join(PARENT, name), { recursive: true, force: true });
  }
}
