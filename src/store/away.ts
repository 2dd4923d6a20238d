/**
 * Errors of a database that is not there, or may not be written to just now: connection refused or cut (08), out of room,
 * memory or connections (53), stopping or starting (57P), its disk failing (58), read-only (25006). What was asked may be
 * asked again. The driver's own have no code and are known by their words, before which the mapper puts the statement.
 */
const STATES =
  /^(08...|53...|57P0[1-5]|58...|25006|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
const WORDS =
  /(?:^| - )(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Cannot use a pool after calling end|Client was closed|Knex: Timeout acquiring a connection|Unable to acquire a connection)/;

export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, message } = error as Error & { code?: unknown };
  if (typeof code === 'string' && STATES.test(code)) return true;
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.every(isAway);
  return code === undefined && WORDS.test(message);
}
