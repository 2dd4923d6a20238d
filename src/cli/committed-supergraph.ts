import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The supergraph as committed, which is what the gateway runs; `hub schema --check` proves it is what the subgraphs compose to. */
export const committedSupergraph = (): string =>
  readFileSync(join(__dirname, '../../schema/supergraph.graphql'), 'utf8');
