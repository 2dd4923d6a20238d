import type { PlayedAgency } from '../src/exchange/sandbox/agency';
import { connectors } from './index';

/** The agencies the sandbox plays: of every registered connector its own, loaded when the sandbox opens it. */
export const SANDBOX_AGENCIES: readonly PlayedAgency[] = connectors.flatMap(({ name, sandbox }) =>
  sandbox ? [{ name, load: sandbox }] : [],
);
