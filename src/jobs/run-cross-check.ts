import { z } from 'zod';
import type { Hub } from '../context';
import { actingAs } from '../audit/writes';
import { beijingDay } from '../access/day';
import { enqueue } from '../queue/enqueue';
import type { Job } from '../queue/job';
import { inScope } from '../store/database';
import { askAgencies } from './cross-check/ask';
import { loadCheck, type Check } from './cross-check/check';
import { nextPage, type CheckedHousehold } from './cross-check/page';
import { reportAlready, settle, type SettleHub } from './cross-check/settle';
import { start } from './cross-check/write';

/** Households in one page: with their members they fit one call to an agency. */
const PAGE = 150;
/** Who asks about so few sits and waits: they are reported on before those who answer later are asked. */
const FEW = 16;

const Payload = z.object({ crossCheckId: z.uuid() });

export type CrossCheckHub = SettleHub & Pick<Hub, 'exchange'>;

/**
 * 核对: page by page asks the agencies and writes reports. What is done is in the states of the households, so a run that
 * was killed goes on where the last page was settled; answers already stored are used again, not asked again.
 */
export const runCrossCheck: Job<CrossCheckHub> = {
  task: 'run-cross-check',
  async run(payload, hub, signal) {
    const { crossCheckId } = Payload.parse(payload);
    const check = await loadCheck(hub.db, crossCheckId);
    if (!check) return;
    let page = await startPage(hub, check);
    const few = page.length <= FEW;
    while (page.length > 0) {
      const ordinals = page.map(({ ordinal }) => ordinal);
      const toAsk = await askAgencies(hub, check, page, few ? 'PROMPT' : 'ALL');
      if (toAsk.size > 0) return reportAlready(hub, check, ordinals, toAsk);
      await settle(hub, check, 'WAITING', ordinals);
      if (signal.aborted) return goOnLater(hub, check);
      page = await pageAfter(hub, check, ordinals.at(-1)!);
    }
  },
};

export const pageAfter = (hub: CrossCheckHub, check: Check, last: number): Promise<CheckedHousehold[]> =>
  inScope(hub.db.app, check.session.viewer.regions, (client) =>
    nextPage(client, check, beijingDay(hub.now()), last, PAGE),
  );

function startPage(hub: CrossCheckHub, check: Check): Promise<CheckedHousehold[]> {
  return inScope(hub.db.app, check.session.viewer.regions, async (client) => {
    await client.query(actingAs(check.session, 'startCrossCheck'));
    await client.query(start(check));
    return nextPage(client, check, beijingDay(hub.now()), 0, PAGE);
  });
}

/** The process is stopping: the next one takes the rest. */
async function goOnLater(hub: CrossCheckHub, { id, session }: Check): Promise<void> {
  await inScope(hub.db.app, session.viewer.regions, (client) =>
    client.query(enqueue({ task: 'run-cross-check', payload: { crossCheckId: id }, key: `run-cross-check:${id}` })),
  );
}
