import { HubError, type FaultCode } from '../errors';
import { StatementFailed } from './unit';

/** What the catalogue says of a guard of the database. */
export type Refusal = readonly [code: FaultCode, field: string, detail?: string];

/** The guard that refused a statement, by its name. */
export const refusedBy = (error: unknown): string | undefined =>
  error instanceof StatementFailed ? error.constraint : undefined;

/** A refusal by one of these guards in the words of the catalogue; any other error as it came. */
export function inWords(error: unknown, guards: Readonly<Record<string, Refusal>>): unknown {
  const refusal = guards[refusedBy(error) ?? ''];
  return refusal ? new HubError(...refusal) : error;
}
