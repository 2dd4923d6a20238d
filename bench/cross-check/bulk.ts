import { Pool } from 'undici';
import type { Child } from '../support/child';
import { median, round } from '../support/figures';
import type { HubReady } from '../support/hub';
import { bearer } from '../support/households';
import { peakRssMiB, rssMiB } from '../support/processes';
import type { World } from '../support/world';
import { request, requestShot } from './report';

const REGION = '15';
const LOOK_EVERY_MS = 250;

export interface Bulk {
  readonly households: number;
  readonly seconds: number;
  readonly peakRssMiB: number;
  /** Medians of resident memory over the first and the last quarter of the run: flat when they are alike. */
  readonly firstQuarterMiB: number;
  readonly lastQuarterMiB: number;
}

/**
 * One cross-check of so many households through four agencies, from the request to its completion. Households asked about
 * before stay out: their deferred answers were ordered late, to stand apart.
 */
export async function bulk(world: World, { pid, ready }: Child<HubReady>, households: number): Promise<Bulk> {
  const { rows } = await world.owner.query<{ id: string }>(
    `select h.id from household h where h.region_code like $1 || '%' and h.closed_on is null
       and exists (select from housing_case c where c.household_id = h.id and c.closed_on is null)
       and not exists (select from answer a where a.household_id = h.id) order by h.id limit $2`,
    [REGION, households],
  );
  if (rows.length < households) throw new Error(`only ${rows.length} households in ${REGION}, ${households} wanted`);
  const token = world.issuer.mint({ role: 'REGION_HOUSING', region: REGION, subject: 'bench-bulk' });
  const ids = rows.map(({ id }) => id);
  const pool = new Pool(ready.url, { connections: 1 });
  const started = performance.now();
  const id = await request(pool, requestShot(await bearer(token), ids));
  await pool.close();
  const memory: number[] = [];
  while (!(await isCompleted(world, id))) {
    memory.push(rssMiB(pid));
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  const quarter = Math.ceil(memory.length / 4);
  return {
    households,
    seconds: round((performance.now() - started) / 1000, 1),
    peakRssMiB: Math.round(peakRssMiB(pid)),
    firstQuarterMiB: Math.round(median(memory.slice(0, quarter))),
    lastQuarterMiB: Math.round(median(memory.slice(-quarter))),
  };
}

async function isCompleted({ owner }: World, id: string): Promise<boolean> {
  const { rows } = await owner.query<{ state: string }>('select state from cross_check where id = $1', [id]);
  return rows[0]?.state === 'COMPLETED';
}
