import { Client } from 'pg';
import type { Config } from '../../config';
import { firstKeys } from '../first-keys';
import { openKeys } from '../../store/keys/open';
import { ForeignMasterKey } from '../../store/keys/table';
import { Refusal } from '../refusal';
import { withServer } from '../server';

/** Work on the key table as owner, the table founded and opened by the master key of the settings. */
export const withKeyTable = (config: Config, work: (owner: Client) => Promise<void>): Promise<void> =>
  withOwner(config, async (owner) => {
    const { MASTER_KEY: masterSecret } = config.secrets;
    await openKeys({ db: owner, masterSecret, first: firstKeys({ config }) }).catch((error: unknown) => {
      throw error instanceof ForeignMasterKey ? new Refusal(error.message) : error;
    });
    await work(owner);
  });

export const withOwner = (config: Config, work: (owner: Client) => Promise<void>): Promise<void> =>
  withServer(config, 'hub keys', async ({ ownerUrl }) => {
    const owner = new Client({ connectionString: ownerUrl });
    await owner.connect();
    try {
      await work(owner);
    } finally {
      await owner.end();
    }
  });
