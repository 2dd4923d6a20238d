import { subgraphs } from '../../../resolvers';
import { DEFAULT_MASK_PROFILE } from '../../access/masks';
import type { RequestContext } from '../../context';
import { makeLog } from '../../log';
import { openGateway } from '../../server/gateway';
import { makeSubgraph } from '../../server/subgraph';
import { committedSupergraph } from '../committed-supergraph';

/** Refused for want of a caller, but planned and sent to its subgraph before. */
const QUERY = '{ households(region: "15", first: 1) { nodes { id } } }';

/** Goes the way of a start as far as it leads without a database: functions that only run then are compiled too. */
export async function rehearse(): Promise<void> {
  const eyes = { now: () => new Date(), maskOf: () => DEFAULT_MASK_PROFILE };
  const made = subgraphs.map((each) => makeSubgraph(each, eyes));
  const gateway = await openGateway(committedSupergraph(), made, makeLog('silent'));
  await gateway.answer({ query: QUERY }, { loaders: new Map() } as unknown as RequestContext);
}
