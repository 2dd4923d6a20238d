import type { Job } from '../queue/job';
import { compareRegion, type WatchHub } from './watch/compare';

/** Compares what sources that answer later have told the watch since, and takes the values out of their answers. */
export const compareWatched: Job<WatchHub> = {
  task: 'compare-watched',
  schedule: '*/10 * * * *',
  async run(_payload, hub, signal) {
    const { rows } = await hub.db.engine.query<{ region: string }>(
      `select distinct region_code as region from answer
       where purpose = 'CHANGE_WATCH' and compared_at is null and status <> 'PENDING' order by 1`,
    );
    for (const { region } of rows) await compareRegion(hub, region, signal);
  },
};
