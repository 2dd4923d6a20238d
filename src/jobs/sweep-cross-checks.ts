import type { Hub } from '../context';
import type { Job } from '../queue/job';
import { inScope } from '../store/database';

/** Puts back what lost its job: cross-checks under way and deferred batches that are due (a live question's have none). */
export const sweepCrossChecks: Job<Hub> = {
  task: 'sweep-cross-checks',
  schedule: '* * * * *',
  async run(_payload, hub) {
    await inScope(
      hub.db.app,
      [],
      async (client) => void (await client.query('select sweep_cross_checks($1)', [hub.now()])),
    );
  },
};
