import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { subgraphs } from '../../resolvers';
import { subgraphSdl } from '../server/subgraph';
import { emitSupergraph } from '../server/supergraph';

/** The supergraph composed anew from the subgraphs. */
export const composedSupergraph = (): string => `${emitSupergraph(subgraphs.map(subgraphSdl)).trim()}\n`;

/** The supergraph as committed, which is what the gateway runs; `hub schema --check` proves both the same. */
export const committedSupergraph = (): string =>
  readFileSync(join(__dirname, '../../schema/supergraph.graphql'), 'utf8');
