import type { Hub } from '../context';
import type { Job } from '../queue/job';
import { settleAgainNow } from '../queue/settle-again';
import { inScope } from '../store/database';

/** Ends the evidence whose last day is over and has the reports that stood on it settled again. It stopped counting with the day itself. */
export const expireEvidence: Job<Pick<Hub, 'db' | 'now'>> = {
  task: 'expire-evidence',
  schedule: '1 16 * * *', // 00:01 in Beijing
  async run(_payload, { db, now }) {
    await inScope(db.app, [], async (client) => {
      const { rows } = await client.query<{ id: string }>('select expire_evidence($1) as id', [now()]);
      for (const { id } of rows) await client.query(settleAgainNow(id));
    });
  },
};
