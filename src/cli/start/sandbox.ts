import { createHmac } from 'node:crypto';
import type { Config } from '../../config';
import { enterDemoPartner } from '../demo-partner';
import { forkSandbox } from '../sandbox-fork';
import { sandboxUrl } from '../server';
import { fillDemo } from './demo';
import type { Run } from './run';

/** Made-up people, the agencies that know them, a partner: returns the agencies' settings for the connectors. */
export async function openSandbox(config: Config, ownerUrl: string, { undo, progress: { step } }: Run) {
  await step(
    'demo population',
    () => fillDemo(config, ownerUrl),
    (said) => said,
  );
  await enterDemoPartner(ownerUrl);
  const sandbox = await step(
    'agencies',
    () => forkAgencies(config, ownerUrl),
    ({ agencies }) => Object.keys(agencies).join(', '),
  );
  undo.add('agencies', sandbox.close);
  return sandbox.agencies;
}

/** In a process of their own, which ends with ours, however ours ends. */
async function forkAgencies({ secrets, LOG_LEVEL, dataDir }: Config, ownerUrl: string) {
  const secret = createHmac('sha256', secrets.SERVICE_KEY).update('sandbox agencies').digest();
  const forked = forkSandbox({ worldUrl: sandboxUrl(ownerUrl), secret, logLevel: LOG_LEVEL, dataDir });
  const [sandbox] = await Promise.all([forked, import('./doors.js')]); // the hub's modules load while the agencies start
  return sandbox;
}
