import type { PoolClient } from 'pg';
import { differences, queueOrder } from '../../engine/waiting-order';
import { carriedOutBy, clause } from '../../clauses';
import { Programme } from '../../../schema/programme';
import { inputsOf, lastRun, placesOf, recordDifferences, writePlaces, type Queue } from './queue';
import { ruleOf } from './rule';

/** 轮候次序复算: what stands is what its stored factors and rule give, or a difference is told. */
const RECOMPUTED = carriedOutBy('MEASURE', clause('GX-6.2.1(2)-b'));

interface Ordered {
  readonly differences: number;
  /** A number that the region has not set; without it there is no order. */
  readonly unset?: string;
}

/**
 * Compares what stands with the same run computed again, by its own day, numbers, steps and exceptions: whatever came since explains nothing
 * of it and need not. Then puts the queue in tonight's order.
 */
export async function putInOrder(client: PoolClient, queue: Queue, day: string, now: Date): Promise<Ordered> {
  const subsidy = queue.programme === Programme.RENTAL_SUBSIDY;
  const last = await lastRun(client, queue);
  const stood = await placesOf(client, queue);
  const then = last.rule ? await inputsOf(client, queue, last.run) : { waiters: [], byHand: [] };
  const computed = last.rule ? queueOrder(then.waiters, last.rule, last.day!, subsidy, then.byHand) : [];
  const found = differences(stood, computed);
  if (found.length > 0) await recordDifferences(client, last.run, day, found);
  RECOMPUTED();

  const run = last.run + 1;
  const rule = await ruleOf(client, queue, day, now);
  const next = { run, day, rule: typeof rule === 'string' ? null : rule };
  const { waiters, byHand } = await inputsOf(client, queue, run);
  await writePlaces(client, queue, next.rule ? queueOrder(waiters, next.rule, day, subsidy, byHand) : [], next);
  return { differences: found.length, ...(typeof rule === 'string' ? { unset: rule } : {}) };
}
