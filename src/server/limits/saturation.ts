import { performance } from 'node:perf_hooks';
import type { Pool } from 'pg';
import type { Limits } from '../../limits';

/** Is this process, or its database, without time to spare? A hub that only waits for a slow agency is not. */
export interface Saturation {
  /** Of work that asks the database by these connections. */
  isSaturated(connections: Connections): boolean;
  stop(): void;
}

type Connections = Pick<Pool, 'waitingCount' | 'options'>;

const EVERY_MS = 100;

/** As much waits for a connection as there are connections: more at once would wait longer, and nothing be done sooner. */
const isStarved = ({ waitingCount, options }: Connections): boolean => waitingCount >= options.max;

export function watchSaturation({ LIMIT_BUSY_PERCENT }: Limits): Saturation {
  let [before, share] = [performance.eventLoopUtilization(), 0];
  const look = setInterval(() => {
    const now = performance.eventLoopUtilization();
    share = performance.eventLoopUtilization(now, before).utilization;
    before = now;
  }, EVERY_MS).unref();
  return {
    isSaturated: (connections) => 100 * share >= LIMIT_BUSY_PERCENT || isStarved(connections),
    stop: () => clearInterval(look),
  };
}
