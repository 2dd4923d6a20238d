import { z } from 'zod';
import { systemViewer, type Hub } from '../context';
import type { Session } from '../access/session';
import { enqueue } from '../queue/enqueue';
import type { Job } from '../queue/job';
import { inScope, type Database } from '../store/database';
import { loadCheck } from './cross-check/check';
import type { OpenState } from './cross-check/page';
import { settle } from './cross-check/settle';
import type { CrossCheckHub } from './run-cross-check';

const Payload = z.object({ queryId: z.uuid() });

/** Households judged in one transaction. */
const PAGE = 150;

/**
 * Fetches a batch that an agency answers later (or finds it overdue and goes on looking), then judges anew the households
 * that waited for it, and those reported without it where it came too late. A second run finds the batch fetched, nobody
 * waiting, and every report as it would write it.
 */
export const collectDeferred: Job<CrossCheckHub> = {
  task: 'collect-deferred',
  patient: true,
  async run(payload, hub, signal) {
    const { queryId } = Payload.parse(payload);
    const { state, lookAgainIn } = await hub.exchange.collect(queryId, await sessionFor(hub.db, queryId));
    if (state === 'WAITING') return lookAgain(hub, queryId, lookAgainIn);
    const waiting = await householdsBy(hub.db, 'waiting-for', WAITING_FOR, queryId);
    const late = await householdsBy(hub.db, 'late-for', LATE_FOR, queryId);
    const settled = (await settleAll(hub, 'AWAITING', waiting, signal)) && (await settleAll(hub, 'DONE', late, signal));
    if (!settled) return lookAgain(hub, queryId, 0);
    if (state === 'OVERDUE') await lookAgain(hub, queryId, lookAgainIn);
  },
};

/** False when told to stop between two pages. */
async function settleAll(
  hub: CrossCheckHub,
  state: OpenState,
  households: ReadonlyMap<string, number[]>,
  signal: AbortSignal,
): Promise<boolean> {
  for (const [crossCheckId, ordinals] of households) {
    const check = await loadCheck(hub.db, crossCheckId);
    for (let from = 0; check && from < ordinals.length; from += PAGE) {
      if (signal.aborted) return false;
      await settle(hub, check, state, ordinals.slice(from, from + PAGE));
    }
  }
  return true;
}

async function lookAgain(hub: Pick<Hub, 'db'>, queryId: string, after: number | null): Promise<void> {
  const errand = {
    task: 'collect-deferred',
    payload: { queryId },
    key: `collect-deferred:${queryId}`,
    after: after ?? 0,
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

/** Households reported while this batch was overdue, of whose members it has told something since. */
const LATE_FOR = `
  select k.cross_check_id as id, array_agg(distinct k.ordinal order by k.ordinal) as ordinals
  from answer a
  join cross_check_household k on k.household_id = a.household_id and k.case_id = a.case_id and k.letter_id = a.letter_id and k.state = 'DONE'
  join cross_check c on c.id = k.cross_check_id and c.purpose = a.purpose
  where a.query_id = $1 and a.status in ('FOUND','NOT_FOUND','AMBIGUOUS')
    and exists (select from answer o where o.query_id = $1 and o.person_id = a.person_id and o.reason = 'OVERDUE')
  group by k.cross_check_id order by k.cross_check_id`;

/** Ordinals of households by cross-check. */
async function householdsBy(db: Database, name: string, text: string, queryId: string): Promise<Map<string, number[]>> {
  const { rows } = await db.engine.query<{ id: string; ordinals: number[] }>({ name, text, values: [queryId] });
  return new Map(rows.map(({ id, ordinals }) => [id, ordinals]));
}
