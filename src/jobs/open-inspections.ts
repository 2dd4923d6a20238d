import { beijingDay } from '../access/day';
import { actingAs } from '../audit/writes';
import { clause, carriedOutBy } from '../clauses';
import { systemViewer, type Hub } from '../context';
import type { Job } from '../queue/job';
import { inScope } from '../store/database';

/** 无正当理由连续6个月空置廉租住房: the months are over today. */
const VACANT_LONG_ENOUGH = carriedOutBy('DEADLINE', clause('IM-7.7'));

/** Opens the inspection of what has stood empty for as long as the law lets it. Whether it had reason to, the inspection asks. */
export const openInspections: Job<Pick<Hub, 'db' | 'now'>> = {
  task: 'open-inspections',
  schedule: '25 16 * * *', // 00:25 in Beijing
  async run(_payload, { db, now }) {
    const today = beijingDay(now());
    const { rows } = await db.engine.query<{ region: string }>(
      `select distinct region_code as region from inspection where state = 'WATCHING' and opens_on <= $1`,
      [today],
    );
    for (const { region } of rows) {
      VACANT_LONG_ENOUGH();
      await inScope(db.app, [region], async (client) => {
        const viewer = systemViewer(region, [region], 'hub');
        await client.query(actingAs({ viewer, requestId: `open-inspections:${today}` }, 'openInspections'));
        await client.query(
          `update inspection set state = 'OPEN' where region_code = $1 and state = 'WATCHING' and opens_on <= $2`,
          [region, today],
        );
      });
    }
  },
};
