import type { Hub } from '../context';
import { minutes } from '../exchange/time';

/** Clocks that are looked after differ by less. */
const APART_MS = minutes(5);

/**
 * Whatever ends, falls due or is written down by the day alone needs two clocks that say which day it is: ours, and the database's.
 * Where they differ nothing of it happens: it is told, and tried again until they agree.
 */
export async function clocksAgree({ clockDrift, log }: Pick<Hub, 'clockDrift' | 'log'>, task: string): Promise<void> {
  const ahead = await clockDrift();
  if (Math.abs(ahead) <= APART_MS) return;
  log.error({ task, aheadSeconds: Math.round(ahead / 1000) }, 'the clocks of hub and database differ: it is not done');
  throw new Error('the clocks differ');
}
