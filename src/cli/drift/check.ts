import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbedded } from '../../store/embedded';
import { prepareDatabase } from '../prepare';
import { compareNouns } from './compare';

/** Migrates a throwaway database and compares it with the nouns. */
export async function findDrift(): Promise<string[]> {
  const dataDir = mkdtempSync(join('/var/tmp', 'anju-drift-'));
  const server = await startEmbedded({ dataDir, database: 'drift', throwaway: true });
  try {
    await prepareDatabase(server.ownerUrl, randomBytes(32));
    const owner = new Client({ connectionString: server.ownerUrl });
    await owner.connect();
    return await compareNouns(owner).finally(() => owner.end());
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
