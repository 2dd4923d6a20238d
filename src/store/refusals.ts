import { HubError, type FaultCode } from '../errors';
import { isAway } from './away';

/** What our own functions raise in the database, by SQLSTATE. */
const REFUSALS: Readonly<Record<string, FaultCode>> = { AJ001: 'GRANT_NOT_IN_FORCE', AJ002: 'DAILY_BUDGET_SPENT' };

/** A refusal raised in the database, or its absence, in the words of the catalogue; any other error as it is. */
export function asRefusal(error: unknown): unknown {
  if (error instanceof HubError) return error;
  const { code } = error as { code?: unknown };
  const fault = typeof code === 'string' ? REFUSALS[code] : undefined;
  if (fault) return new HubError(fault);
  return isAway(error) ? new HubError('NOT_READY') : error;
}
