import { subgraphs } from '../../../resolvers';
import { DEFAULT_MASK_PROFILE } from '../../access/masks';
import type { RequestContext } from '../../context';
import { usualLimits } from '../../limits';
import { makeLog } from '../../log';
import { openGateway } from '../../server/gateway';
import { makeSubgraph } from '../../server/subgraph';
import { subgraphExecutor } from '../../server/subgraph-executor';
import { committedSupergraph } from '../committed-supergraph';

/** Refused for want of a caller, but planned and sent to its subgraph before. */
const QUERY = '{ households(region: "15", first: 1) { nodes { id } } }';

/** Goes the way of a start as far as it leads without a database: functions that only run then are compiled too. */
export async function rehearse(): Promise<void> {
  const eyes = { now: () => new Date(), maskOf: () => DEFAULT_MASK_PROFILE };
  const made = new Map(subgraphs.map((each) => [each.name, subgraphExecutor(makeSubgraph(each, eyes).schema)]));
  const gateway = await openGateway(committedSupergraph(), made, { log: makeLog('silent'), limits: usualLimits });
  await gateway.run(gateway.check({ query: QUERY }), { loaders: new Map() } as unknown as RequestContext);
}
