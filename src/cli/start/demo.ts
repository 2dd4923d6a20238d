import { Client } from 'pg';
import { beijingDay } from '../../access/day';
import type { Config } from '../../config';
import { sealOf } from '../first-keys';
import { ensureDatabase, sandboxUrl } from '../server';

/** Made-up households for a hub that holds none; returns what to tell. The agencies' world exists afterwards in any case. */
export async function fillDemo(config: Config, ownerUrl: string): Promise<string> {
  const worldUrl = sandboxUrl(ownerUrl);
  await ensureDatabase(ownerUrl, worldUrl);
  if (await holdsHouseholds(ownerUrl)) return 'kept as it is';
  const { populate } = await import('../../population/populate.js');
  const persons = await populate({
    hubOwnerUrl: ownerUrl,
    worldUrl,
    households: config.DEMO_HOUSEHOLDS,
    seed: config.DEMO_SEED,
    today: beijingDay(new Date()),
    seal: await sealOf(config, ownerUrl),
  });
  return `${config.DEMO_HOUSEHOLDS} households, ${persons} persons (seed ${config.DEMO_SEED})`;
}

async function holdsHouseholds(ownerUrl: string): Promise<boolean> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const { rowCount } = await owner.query('select from household limit 1');
    return rowCount === 1;
  } finally {
    await owner.end();
  }
}
