import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { refuseClassifiedFieldSets } from './field-sets';
import type { SubgraphSdl } from './subgraph';

/** Composes the subgraphs, in order of their names, to the SDL committed as schema/supergraph.graphql. Throws with every fault named; a classified field in a field set is one. */
export function emitSupergraph(subgraphs: readonly SubgraphSdl[]): string {
  refuseClassifiedFieldSets(subgraphs);
  const services = [...subgraphs]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, sdl }) => ({ name, url: `http://subgraph.invalid/${name}`, typeDefs: parse(sdl) }));
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) {
    throw new Error(`the subgraphs do not compose:\n${(errors ?? []).map((error) => `  ${error.message}`).join('\n')}`);
  }
  return supergraphSdl;
}
