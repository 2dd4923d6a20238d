import { subgraphs } from '../../resolvers';
import { subgraphSdl } from '../server/subgraph';
import { emitSupergraph } from '../server/supergraph';

/** The supergraph composed anew from the subgraphs. Loads the composer, which a start does without. */
export const composedSupergraph = (): string => `${emitSupergraph(subgraphs.map(subgraphSdl)).trim()}\n`;
