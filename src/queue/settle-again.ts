import type { QueryConfig } from 'pg';
import { enqueue } from './enqueue';

/** Has the standing report of a case settled once more, on the same answers and on the evidence there is now. */
export const settleAgainNow = (caseId: string): QueryConfig =>
  enqueue({ task: 'settle-again', payload: { caseId }, key: `settle-again:${caseId}` });
