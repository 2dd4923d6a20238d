import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { stopPostmaster } from '../src/store/embedded/postmaster';
import { closeScan } from './support/scan/run';
import { testCluster } from './support/cluster';

export default async function teardown(): Promise<void> {
  const { dataDir } = testCluster();
  await stopPostmaster(join(dataDir, 'pg'));
  rmSync(dataDir, { recursive: true, force: true });
  closeScan();
}
