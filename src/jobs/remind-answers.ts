import type { Hub } from '../context';
import type { Job } from '../queue/job';
import { inScope } from '../store/database';

/** Marks deferred answers that are nearly due as reminded, and counts anew what was due in a year announced since. */
export const remindAnswers: Job<Pick<Hub, 'db' | 'now' | 'log'>> = {
  task: 'remind-answers',
  schedule: '30 0 * * *', // 08:30 in Beijing
  async run(_payload, { db, now, log }) {
    const { rows } = await inScope(db.app, [], (client) =>
      client.query<{ reminded: number }>('select remind_answers($1) as reminded', [now()]),
    );
    log.info({ reminded: rows[0]!.reminded }, 'agencies reminded of answers nearly due');
  },
};
