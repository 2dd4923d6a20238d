import { createHmac } from 'node:crypto';
import type { Config } from '../../config';
import type { GivenSettings } from '../../exchange';
import type { LaunchedSandbox } from '../sandbox-fork';
import { sandboxUrl } from '../server';
import { fillDemo } from './demo';
import type { Run } from './run';

/** The agencies while they open: nothing but a question to one of them has to wait. */
export interface OpeningAgencies {
  readonly opening: Promise<GivenSettings>;
}

/** Made-up people, and the agencies that know them, in the process already begun. */
export async function openSandbox(
  config: Config,
  ownerUrl: string,
  { progress: { step } }: Run,
  sandbox: LaunchedSandbox,
): Promise<OpeningAgencies> {
  await step(
    'demo population',
    () => fillDemo(config, ownerUrl),
    (said) => said,
  );
  const opening = step(
    'agencies',
    async () => (await sandbox.open(order(config, ownerUrl))).agencies,
    (agencies) => Object.keys(agencies).join(', '),
  );
  opening.catch(() => undefined); // told where the start awaits it
  return { opening };
}

function order({ secrets, LOG_LEVEL, dataDir }: Config, ownerUrl: string) {
  const secret = createHmac('sha256', secrets.SERVICE_KEY).update('sandbox agencies').digest();
  return { worldUrl: sandboxUrl(ownerUrl), secret, logLevel: LOG_LEVEL, dataDir };
}
