import { beijingDay } from '../access/day';
import type { Hub } from '../context';
import type { Job } from '../queue/job';
import { inScope } from '../store/database';

/** Ends the letters whose last day is over, drafts included. They stopped counting with the day itself; this says so. */
export const expireLetters: Job<Pick<Hub, 'db' | 'now'>> = {
  task: 'expire-letters',
  schedule: '5 16 * * *', // 00:05 in Beijing
  async run(_payload, { db, now }) {
    await inScope(
      db.app,
      [],
      async (client) => void (await client.query('select expire_letters($1)', [beijingDay(now())])),
    );
  },
};
