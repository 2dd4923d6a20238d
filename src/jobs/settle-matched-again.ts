import { z } from 'zod';
import { beijingDay } from '../access/day';
import type { Hub } from '../context';
import type { Job } from '../queue/job';
import { settleAgainNow } from '../queue/settle-again';
import { inScope } from '../store/database';

const Payload = z.object({ matchId: z.uuid() });

const CASES = `
  select distinct r.case_id as id from identity_match m
  join household_member s on s.person_id in (m.person_a, m.person_b) and $2::date between s.from_date and coalesce(s.to_date, 'infinity')
  join case_report r on r.household_id = s.household_id
  join housing_case c on c.id = r.case_id and c.closed_on is null
  where m.id = $1 order by 1`;

/**
 * 核实同一人后重新判定: an officer has found whether two persons are one, so the standing reports of the households of either are settled
 * once more. Nobody is asked.
 */
export const settleMatchedAgain: Job<Pick<Hub, 'db' | 'now'>> = {
  task: 'settle-matched-again',
  async run(payload, { db, now }) {
    const { matchId } = Payload.parse(payload);
    const { rows } = await db.engine.query<{ id: string }>({
      name: 'cases-of-match',
      text: CASES,
      values: [matchId, beijingDay(now())],
    });
    await inScope(db.app, [], async (client) => {
      for (const { id } of rows) await client.query(settleAgainNow(id));
    });
  },
};
