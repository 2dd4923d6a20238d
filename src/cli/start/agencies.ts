import { createHmac } from 'node:crypto';
import type { Config } from '../../config';
import { sandboxUrl } from '../server';

/** The four sandbox agencies in a process of their own; it ends with ours, however ours ends. */
export async function startAgencies({ secrets, LOG_LEVEL, dataDir }: Config, ownerUrl: string) {
  const { forkSandbox } = await import('../sandbox-fork.js');
  const secret = createHmac('sha256', secrets.SERVICE_KEY).update('sandbox agencies').digest();
  return forkSandbox({ worldUrl: sandboxUrl(ownerUrl), secret, logLevel: LOG_LEVEL, dataDir });
}
