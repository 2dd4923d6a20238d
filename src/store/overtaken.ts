import { HubError } from '../errors';

/** A step of the hub's own that somebody, or another run, took meanwhile. */
export function unlessOvertaken(error: unknown): void {
  if (!(error instanceof HubError && ['STALE_VERSION', 'ILLEGAL_MOVE'].includes(error.code))) throw error;
}
