import type { Pool, PoolClient } from 'pg';
import { inTurns, type HouseholdRange } from '../../src/engine/ranges';
import { cpuMs, rssAnonMiB } from '../support/processes';

export const CONNECTIONS = 2;
const LOOK_EVERY_MS = 50;

export interface Timed {
  readonly seconds: number;
  readonly households: number;
  /** Time on a processor of all its backends together. */
  readonly cpuSeconds: number;
  /** Private memory of all its backends together, at most. */
  readonly peakMiB: number;
}

/** Runs over all ranges on a few connections and watches their backends. */
export async function timed(
  pool: Pool,
  ranges: readonly HouseholdRange[],
  work: (client: PoolClient, range: HouseholdRange) => Promise<number>,
): Promise<Timed> {
  const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => pool.connect()));
  const backends = await Promise.all(clients.map(backendOf));
  let [households, peakMiB] = [0, 0];
  const look = () =>
    (peakMiB = Math.max(
      peakMiB,
      backends.reduce((sum, pid) => sum + rssAnonMiB(pid), 0),
    ));
  const watch = setInterval(look, LOOK_EVERY_MS);
  const spent = () => backends.reduce((sum, pid) => sum + cpuMs(pid), 0) / 1000;
  const [before, started] = [spent(), performance.now()];
  try {
    await inTurns(clients, ranges, async (client, range) => {
      const judged = await work(client, range);
      households += judged;
    });
    return {
      seconds: (performance.now() - started) / 1000,
      households,
      cpuSeconds: spent() - before,
      peakMiB: Math.round(peakMiB),
    };
  } finally {
    clearInterval(watch);
    clients.forEach((client) => client.release(true));
  }
}

const backendOf = async (client: PoolClient): Promise<number> =>
  (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid;
