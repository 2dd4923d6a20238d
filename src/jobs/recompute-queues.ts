import { beijingDay } from '../access/day';
import { systemViewer, type Hub } from '../context';
import type { Job } from '../queue/job';
import { HUB } from '../../schema/admission/moves';
import { WaitingStepKind } from '../../schema/waiting/waiting-step';
import { unlessOvertaken } from '../store/overtaken';
import { waitingStep } from '../store/waiting/step';
import { putInOrder } from './queues/put-in-order';
import { QUEUES, type Queue } from './queues/queue';

type NightHub = Pick<Hub, 'db' | 'orm' | 'now' | 'log'>;

const OVER = `
  select id, version, region_code as region from waiting_list_entry where state = 'DEFERRED' and deferred_until <= $1 order by deferred_until, id`;

/** 轮候复算: lets whoever was deferred until today come back, then compares each queue with itself and puts it in order, one transaction each. Run again it gives the same. */
export const recomputeQueues: Job<NightHub> = {
  task: 'recompute-queues',
  schedule: '40 16 * * *', // 00:40 in Beijing
  async run(_payload, hub, signal) {
    const today = beijingDay(hub.now());
    await bringBack(hub, today, signal);
    const { rows } = await hub.db.engine.query<Queue>(QUEUES);
    for (const queue of rows) {
      if (signal.aborted) return;
      const { differences, unset } = await inOrder(hub, queue, today);
      if (differences > 0) hub.log.error({ ...queue, differences }, 'places in a queue are not what they are made of');
      if (unset !== undefined) hub.log.warn({ ...queue, unset }, 'a queue without an order: a number is not set');
    }
  },
};

async function bringBack(hub: NightHub, today: string, signal: AbortSignal): Promise<void> {
  const { rows } = await hub.db.engine.query<{ id: string; version: number; region: string }>(OVER, [today]);
  for (const { id: entryId, version, region } of rows) {
    if (signal.aborted) return;
    const viewer = systemViewer(region, [region], 'hub:recompute-queues');
    const ctx = { hub, viewer, requestId: `recompute-queues:${today}` };
    await waitingStep(ctx, 'returnToQueue', WaitingStepKind.RETURN, { entryId, version }, { as: HUB }).catch(
      unlessOvertaken,
    );
  }
}

async function inOrder({ db, now }: NightHub, queue: Queue, today: string) {
  const client = await db.engine.connect();
  try {
    await client.query('begin');
    const ordered = await putInOrder(client, queue, today, now());
    await client.query('commit');
    return ordered;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
