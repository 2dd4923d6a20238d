import { beijingDay } from '../access/day';
import type { Hub } from '../context';
import type { Job } from '../queue/job';
import { inScope } from '../store/database';
import { Stopped } from './rotation/walk';
import { compareRegion, watchSession, type WatchHub } from './watch/compare';
import { pagesDue, questionsAbout } from './watch/due';

export type WatchingHub = WatchHub & Pick<Hub, 'exchange' | 'log'>;

/**
 * 变动监测: asks, for each household with an open re-check case and a letter to watch it, the sources whose interval is over, page by
 * page with one call an agency, and compares what they tell. Whoever was silent is asked again the next night. What was tried is in the
 * marks, so a run that was killed goes on where it was; what is answered later is compared by `compare-watched`.
 */
export const watchChanges: Job<WatchingHub> = {
  task: 'watch-changes',
  schedule: '40 17 * * *', // 01:40 in Beijing
  patient: true,
  async run(_payload, hub, signal) {
    for (const { region, unset } of await regionsOf(hub)) {
      if (signal.aborted) throw new Stopped();
      await compareRegion(hub, region, signal); // of a run that was killed
      if (unset) hub.log.warn({ region }, 'not watched: no watch.interval-days is in force');
      else await watchRegion(hub, region, signal);
    }
  },
};

/** Regions in which somebody is to be watched. */
async function regionsOf({ db, now }: WatchHub): Promise<{ region: string; unset: boolean }[]> {
  const { rows } = await db.engine.query<{ region: string; unset: boolean }>(
    `select region_code as region, parameter_in_force('watch.interval-days', region_code, $1, $2) is null as unset
     from housing_case where kind = 'RE_CHECK' and closed_on is null group by region_code order by region_code`,
    [beijingDay(now()), now()],
  );
  return rows;
}

async function watchRegion(hub: WatchingHub, region: string, signal: AbortSignal): Promise<void> {
  const session = watchSession(region, hub.now());
  const at = { now: hub.now(), today: beijingDay(hub.now()) };
  const pages = await inScope(hub.db.app, [region], (client) => pagesDue(client, region, at));
  for (const page of pages) {
    if (signal.aborted) throw new Stopped();
    const questions = await inScope(hub.db.app, [region], (client) => questionsAbout(client, region, at, page));
    await Promise.all(questions.map((question) => hub.exchange.ask(question, session)));
    await compareRegion(hub, region, signal);
  }
}
