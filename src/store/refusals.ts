import { HubError, type FaultCode } from '../errors';

/** What our own functions raise in the database, by SQLSTATE. */
const REFUSALS: Readonly<Record<string, FaultCode>> = { AJ001: 'GRANT_NOT_IN_FORCE', AJ002: 'DAILY_BUDGET_SPENT' };

/** A refusal raised in the database in the words of the catalogue; any other error as it is. */
export function asRefusal(error: unknown): unknown {
  const { code } = error as { code?: unknown };
  const fault = typeof code === 'string' ? REFUSALS[code] : undefined;
  return fault && !(error instanceof HubError) ? new HubError(fault) : error;
}
