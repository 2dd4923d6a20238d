import type { QueryConfig } from 'pg';
import { enqueue } from './enqueue';

/** Has the standing report of a case settled once more, on the same answers and on the evidence there is now. */
export const settleAgainNow = (caseId: string): QueryConfig =>
  enqueue({ task: 'settle-again', payload: { caseId }, key: `settle-again:${caseId}` });

/** The same of every open case of a household in which one of the two persons of an identity match sits, of whatever region. */
export const settleMatchedAgainNow = (matchId: string): QueryConfig =>
  enqueue({ task: 'settle-matched-again', payload: { matchId }, key: `settle-matched-again:${matchId}` });
