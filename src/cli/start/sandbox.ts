import type { Client } from 'pg';
import type { Config } from '../../config';
import type { GivenSettings } from '../../exchange';
import { sandboxSecret } from '../../exchange/sandbox/secret';
import { launchSandbox, type LaunchedSandbox } from '../sandbox-fork';
import { sandboxUrl } from '../server';
import { fillDemo } from './demo';
import type { Run } from './run';

/** The agencies, before they are there: nothing but a question to one of them has to wait. */
export interface OpeningAgencies {
  /** What they are reached by, once they are open. */
  readonly opening: Promise<GivenSettings>;
  /** Begins their process; not before the gateway listens, whose start it would slow down. */
  open(): Promise<void>;
}

/** Made-up people, and the agencies that know them, in a process of their own. */
export async function openSandbox(
  config: Config,
  ownerUrl: string,
  owner: Client,
  { progress: { step }, undo }: Run,
): Promise<OpeningAgencies> {
  await step(
    'demo population',
    () => fillDemo(config, ownerUrl, owner),
    (said) => said,
  );
  let sandbox: LaunchedSandbox | undefined;
  undo.add('agencies', () => sandbox?.close()); // after the doors, before their database
  let opened: (agencies: PromiseLike<GivenSettings>) => void;
  const opening = new Promise<GivenSettings>((resolve) => (opened = resolve));
  opening.catch(() => undefined); // told where the start awaits it
  const launch = async (): Promise<GivenSettings> => {
    sandbox = launchSandbox();
    return (await sandbox.open(order(config, ownerUrl))).agencies;
  };
  return {
    opening,
    async open() {
      const agencies = step('agencies', launch, (known) => Object.keys(known).join(', '));
      opened(agencies);
      await agencies;
    },
  };
}

function order({ secrets, LOG_LEVEL, dataDir }: Config, ownerUrl: string) {
  const secret = sandboxSecret(secrets.ROLE_KEY);
  return { worldUrl: sandboxUrl(ownerUrl), secret, logLevel: LOG_LEVEL, dataDir, control: true };
}
