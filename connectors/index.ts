import type { Connector } from '../src/exchange/connector';
import * as registry from './registry';

/** The agencies the hub asks, by name. */
export const connectors: readonly Connector[] = Object.values<Connector>(registry).sort((one, other) =>
  one.name < other.name ? -1 : 1,
);
