import { subgraphs } from '../../resolvers';
import { DEFAULT_MASK_PROFILE } from '../access/masks';
import { makeSubgraph } from '../server/subgraph';
import { emitSupergraph } from '../server/supergraph';

/** The supergraph as it is committed. Masks and clock do not show in it. */
export function supergraphText(): string {
  const enforcement = { now: () => new Date(), maskOf: () => DEFAULT_MASK_PROFILE };
  return `${emitSupergraph(subgraphs.map((parts) => makeSubgraph(parts, enforcement))).trim()}\n`;
}
