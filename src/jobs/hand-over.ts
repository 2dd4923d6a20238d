import { z } from 'zod';
import type { Job } from '../queue/job';
import { askAgencies } from './cross-check/ask';
import { loadCheck } from './cross-check/check';
import { settle } from './cross-check/settle';
import { pageAfter, type CrossCheckHub } from './run-cross-check';

const Payload = z.object({ crossCheckId: z.uuid() });

/**
 * Asks those who answer later about households that are reported on already, and settles them. What the others said is
 * stored and not asked again; a second run finds nobody WAITING.
 */
export const handOver: Job<CrossCheckHub> = {
  task: 'hand-over',
  patient: true,
  async run(payload, hub) {
    const { crossCheckId } = Payload.parse(payload);
    const check = await loadCheck(hub.db, crossCheckId);
    if (!check) return;
    const page = await pageAfter(hub, check, 0);
    await askAgencies(hub, check, page, 'ALL');
    await settle(
      hub,
      check,
      'WAITING',
      page.map(({ ordinal }) => ordinal),
    );
  },
};
