import { beijingDay } from '../access/day';
import type { Hub } from '../context';
import { openPageWitness } from '../exchange/look-at-page';
import type { Job } from '../queue/job';
import { clocksAgree } from './clocks-agree';

interface OnTheNet {
  readonly id: string;
  readonly url: string;
  readonly hash: string;
}

const ON_THE_NET = `
  select id, url, page_hash as hash from publicity
  where state = 'RUNNING' and url is not null and page_hash is not null and last_day >= $1 order by id`;
/** So many pages are asked for at once. */
const AT_ONCE = 8;

/**
 * 公示见证: looks whether what was posted on the net is there, and writes down what it found. It decides nothing: which days count
 * is settled when they are over.
 */
export const witnessPublicities: Job<Pick<Hub, 'db' | 'now' | 'clockDrift' | 'log'>> = {
  task: 'witness-publicities',
  schedule: '*/20 * * * *',
  async run(_payload, hub, signal) {
    await clocksAgree(hub, 'witness-publicities');
    const { db, now, log } = hub;
    const { rows } = await db.engine.query<OnTheNet>(ON_THE_NET, [beijingDay(now())]);
    const witness = openPageWitness();
    const lane = async () => {
      for (let page = rows.shift(); page && !signal.aborted; page = rows.shift()) {
        const found = await witness.look(page.url, page.hash);
        if (found !== 'SEEN') log.warn({ publicity: page.id, found }, 'a publicity was not seen at its address');
        const at = now();
        await db.engine.query('select saw_publicity($1, $2, $3, $4)', [page.id, beijingDay(at), at, found]);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane)).finally(() => witness.close());
  },
};
