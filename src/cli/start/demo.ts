import type { Client } from 'pg';
import { beijingDay } from '../../access/day';
import type { Config } from '../../config';
import { enterDemoForms } from '../demo-forms';
import { enterDemoPartner } from '../demo-partner';
import { sealOf } from '../first-keys';
import { ensureDatabase, sandboxUrl } from '../server';

/**
 * Made-up households for a hub that holds none, a partner, and a form of application; returns what to tell. The agencies' world exists afterwards
 * in any case.
 */
export async function fillDemo(config: Config, ownerUrl: string, owner: Client): Promise<string> {
  await ensureDatabase(owner, sandboxUrl(ownerUrl));
  await enterDemoPartner(owner);
  await enterDemoForms(owner, beijingDay(new Date()));
  const { rowCount } = await owner.query('select from household limit 1');
  return rowCount === 1 ? 'kept as it is' : populate(config, ownerUrl);
}

async function populate(config: Config, ownerUrl: string): Promise<string> {
  const population = await import('../../population/populate.js');
  const persons = await population.populate({
    hubOwnerUrl: ownerUrl,
    worldUrl: sandboxUrl(ownerUrl),
    households: config.DEMO_HOUSEHOLDS,
    seed: config.DEMO_SEED,
    today: beijingDay(new Date()),
    seal: await sealOf(config, ownerUrl),
  });
  return `${config.DEMO_HOUSEHOLDS} households, ${persons} persons (seed ${config.DEMO_SEED})`;
}
