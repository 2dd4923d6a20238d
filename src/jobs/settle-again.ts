import { z } from 'zod';
import type { Job } from '../queue/job';
import { loadCheck } from './cross-check/check';
import { settle, type SettleHub } from './cross-check/settle';

const Payload = z.object({ caseId: z.uuid() });

const STANDING = `
  select k.cross_check_id as id, k.ordinal from case_report c
  join cross_check_household k on k.cross_check_id = c.cross_check_id and k.household_id = c.household_id where c.case_id = $1`;

/**
 * 重新出具报告: settles the standing report of a case once more, because the evidence of officers has changed. Nobody is asked. A
 * second run finds the report as it would write it. Where the letter has ended meanwhile nothing is written; no decision rests on
 * what stands then.
 */
export const settleAgain: Job<SettleHub> = {
  task: 'settle-again',
  async run(payload, hub) {
    const { caseId } = Payload.parse(payload);
    const { rows } = await hub.db.engine.query<{ id: string; ordinal: number }>({
      name: 'standing-household',
      text: STANDING,
      values: [caseId],
    });
    for (const { id, ordinal } of rows) {
      const check = await loadCheck(hub.db, id);
      /* In this order: what is awaited may be done at any moment, and what is done is awaited no more. */
      if (check && !(await settle(hub, check, 'AWAITING', [ordinal]))) await settle(hub, check, 'DONE', [ordinal]);
    }
  },
};
