import { beijingDay } from '../access/day';
import { actingAs } from '../audit/writes';
import { systemViewer, type Hub } from '../context';
import type { Job } from '../queue/job';
import { inScope } from '../store/database';

/** 逾期未答复: notes who has not answered by the last day. Silence proves nothing, and who answers later is heard. */
export const endReplies: Job<Pick<Hub, 'db' | 'now'>> = {
  task: 'end-replies',
  schedule: '15 16 * * *', // 00:15 in Beijing
  async run(_payload, { db, now }) {
    const today = beijingDay(now());
    const { rows } = await db.engine.query<{ region: string }>(
      `select distinct region_code as region from change where state = 'NOTIFIED' and reply_by < $1 order by 1`,
      [today],
    );
    for (const { region } of rows)
      await inScope(db.app, [region], async (client) => {
        const viewer = systemViewer(region, [region], 'hub');
        await client.query(actingAs({ viewer, requestId: `end-replies:${today}` }, 'endReplies'));
        await client.query(
          `update change set state = 'NO_REPLY', silent_on = $2 where region_code = $1 and state = 'NOTIFIED' and reply_by < $2`,
          [region, today],
        );
      });
  },
};
