import { z } from 'zod';
import type { Job } from '../queue/job';
import type { ScreeningHub } from './screening/mark';

const Payload = z.object({ all: z.boolean().optional() });

/** Everybody is due again. */
const AGAIN = 'update person_mark set screened = false where screened';

/**
 * 身份筛查: lays persons beside each other who may be one, over the hub's own records; no agency is asked and nothing is merged. Nightly for
 * whoever is new, renamed, or marked under another key or model; `all` does everybody again. What is done is in the table, so a run that
 * was killed goes on where it was.
 */
export const screenIdentities: Job<ScreeningHub> = {
  task: 'screen-identities',
  schedule: '30 17 * * *', // 01:30 in Beijing
  async run(payload, hub, signal) {
    const { all = false } = Payload.parse(payload ?? {});
    const { markAll } = await import('./screening/mark.js');
    const { screenSome } = await import('./screening/screen.js');
    if (all) await hub.db.engine.query(AGAIN);
    const marked = await markAll(hub, signal);
    let [persons, found] = [0, 0];
    while (!signal.aborted) {
      const done = await screenSome(hub);
      if (!done) break;
      persons += done.persons;
      found += done.found;
    }
    if (persons > 0) hub.log.info({ marked, persons, found }, 'identities screened');
  },
};
