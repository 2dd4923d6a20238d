import { performance } from 'node:perf_hooks';
import type { Limits } from '../../limits';

/** Is this process without time to spare? A hub that only waits, for a slow agency or a disk, is not. */
export interface Saturation {
  isSaturated(): boolean;
  stop(): void;
}

const EVERY_MS = 100;

export function watchSaturation({ LIMIT_BUSY_PERCENT }: Limits): Saturation {
  let [before, share] = [performance.eventLoopUtilization(), 0];
  const look = setInterval(() => {
    const now = performance.eventLoopUtilization();
    share = performance.eventLoopUtilization(now, before).utilization;
    before = now;
  }, EVERY_MS).unref();
  return { isSaturated: () => 100 * share >= LIMIT_BUSY_PERCENT, stop: () => clearInterval(look) };
}
