import { z } from 'zod';
import { systemViewer, type Hub } from '../context';
import type { Session } from '../access/session';
import { enqueue } from '../queue/enqueue';
import type { Job } from '../queue/job';
import { inScope, type Database } from '../store/database';
import { loadCheck } from './cross-check/check';
import { settle } from './cross-check/settle';
import type { CrossCheckHub } from './run-cross-check';

const Payload = z.object({ queryId: z.uuid() });

/** Households judged in one transaction. */
const PAGE = 150;

/**
 * Fetches a batch that an agency answers later (or finds it overdue), then judges anew the households that waited for it.
 * A second run finds the batch fetched and nobody waiting.
 */
export const collectDeferred: Job<CrossCheckHub> = {
  task: 'collect-deferred',
  async run(payload, hub, signal) {
    const { queryId } = Payload.parse(payload);
    const { state, nextPollAt } = await hub.exchange.collect(queryId, await sessionFor(hub.db, queryId));
    if (state === 'WAITING') return lookAgain(hub, queryId, nextPollAt);
    for (const [crossCheckId, ordinals] of await waitingFor(hub.db, queryId)) {
      const check = await loadCheck(hub.db, crossCheckId);
      for (let from = 0; check && from < ordinals.length; from += PAGE) {
        if (signal.aborted) return lookAgain(hub, queryId, null);
        await settle(hub, check, 'AWAITING', ordinals.slice(from, from + PAGE));
      }
    }
  },
};

async function lookAgain(hub: Pick<Hub, 'db'>, queryId: string, at: Date | null): Promise<void> {
  const errand = {
    task: 'collect-deferred',
    payload: { queryId },
    key: `collect-deferred:${queryId}`,
    ...(at ? { runAt: at } : {}),
  };
  await inScope(hub.db.app, [], (client) => client.query(enqueue(errand)));
}

/** The hub itself, in exactly the regions of the people asked about. */
async function sessionFor(db: Database, queryId: string): Promise<Session> {
  const { rows } = await db.engine.query<{ region_code: string }>({
    name: 'deferred-regions',
    text: 'select distinct region_code from answer where query_id = $1 order by region_code',
    values: [queryId],
  });
  const regions = rows.map((row) => row.region_code);
  return {
    viewer: systemViewer(regions[0] ?? 'hub', regions, 'hub:collect-deferred'),
    purpose: null,
    requestId: `collect-deferred:${queryId}`,
  };
}

/**
 * Households not done that this batch asked about, by cross-check. Those still WAITING count: a settler that is at work
 * on them may have read the answers before they came, and settling waits for it.
 */
const WAITING_FOR = `
  select k.cross_check_id as id, array_agg(distinct k.ordinal order by k.ordinal) as ordinals
  from answer a
  join cross_check_household k on k.household_id = a.household_id and k.case_id = a.case_id and k.state <> 'DONE'
  where a.query_id = $1 group by k.cross_check_id order by k.cross_check_id`;

async function waitingFor(db: Database, queryId: string): Promise<Map<string, number[]>> {
  const { rows } = await db.engine.query<{ id: string; ordinals: number[] }>({
    name: 'waiting-for',
    text: WAITING_FOR,
    values: [queryId],
  });
  return new Map(rows.map(({ id, ordinals }) => [id, ordinals]));
}
