import { setImmediate } from 'node:timers/promises';
import { GraphQLError } from 'graphql';
import type { ServiceTokens } from '../access/service-token';
import type { Eyes } from '../access/enforce';
import type { SubgraphParts } from '../../resolvers/parts';
import type { Hub } from '../context';
import { HubError } from '../errors';
import { silentExchange } from '../exchange/silent';
import type { RemoteSubgraph } from './remote-subgraph';
import { makeSubgraph } from './subgraph';
import { subgraphExecutor, type SubgraphExecutor } from './subgraph-executor';

export interface Executors {
  /** By subgraph. */
  readonly byName: ReadonlyMap<string, SubgraphExecutor>;
  /** Do the processes of the hub's own subgraphs answer? An agency's costs its own fields only. */
  ready(): Promise<boolean>;
  /** Makes what the first questions to each subgraph would wait for, one by one: others are answered in between. */
  loadAhead(): Promise<void>;
  close(): Promise<void>;
}

/** Each subgraph in this process, or in the one that SUBGRAPH_URLS names. */
export async function openExecutors(
  hub: Hub,
  parts: readonly SubgraphParts[],
  eyes: Eyes,
  tokens: ServiceTokens,
): Promise<Executors> {
  const urls = hub.config.SUBGRAPH_URLS;
  const unknown = Object.keys(urls).find((name) => !parts.some((part) => part.name === name));
  if (unknown)
    throw new Error(`SUBGRAPH_URLS names ${unknown}; there are ${parts.map(({ name }) => name).join(', ')}.`);
  const agencies = new Set(hub.exchange.connectors.map(({ name }) => name));
  const remotes = await openRemotes(hub, tokens);
  const ahead: (() => void)[] = [];
  const executorOf = (part: SubgraphParts): SubgraphExecutor => {
    const remote = remotes.get(part.name);
    if (remote && !agencies.has(part.name)) return orRefusal(remote.execute);
    const here = atFirst(() => subgraphExecutor(makeSubgraph(part, eyes).schema));
    ahead.push(here.make);
    return remote ? orSilent(remote.execute, here.execute, hub) : here.execute;
  };
  const own = [...remotes].filter(([name]) => !agencies.has(name)).map(([, remote]) => remote);
  return {
    byName: new Map(parts.map((part) => [part.name, executorOf(part)])),
    ready: async () => (await Promise.all(own.map((remote) => remote.ready()))).every(Boolean),
    loadAhead: async () => {
      for (const make of ahead) {
        await setImmediate();
        make();
      }
    },
    close: async () => void (await Promise.all([...remotes.values()].map((remote) => remote.close()))),
  };
}

/** A subgraph's schema is made with its first question: a start waits for none that nobody has asked yet. */
function atFirst(open: () => SubgraphExecutor): { readonly execute: SubgraphExecutor; readonly make: () => void } {
  let opened: SubgraphExecutor | undefined;
  const executor = () => (opened ??= open());
  return { execute: (request) => executor()(request), make: () => void executor() };
}

/** By subgraph. What it takes to reach one is loaded where one is named only. */
async function openRemotes({ config, log }: Hub, tokens: ServiceTokens): Promise<Map<string, RemoteSubgraph>> {
  const urls = Object.entries(config.SUBGRAPH_URLS);
  if (urls.length === 0) return new Map();
  const { remoteSubgraph } = await import('./remote-subgraph.js');
  return new Map(urls.map(([name, url]) => [name, remoteSubgraph({ name, url, tokens, log })]));
}

/** While a process of the hub's own is away the request is refused in words of the catalogue. */
function orRefusal(remote: SubgraphExecutor): SubgraphExecutor {
  return async (request) => {
    try {
      return await remote(request);
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      return { data: null, errors: [new GraphQLError(error.message, { extensions: error.extensions })] };
    }
  };
}

/** While an agency's process is away its fields are envelopes that say so, as for an agency that is away: never a null. */
function orSilent(remote: SubgraphExecutor, here: SubgraphExecutor, hub: Hub): SubgraphExecutor {
  const exchange = { ...hub.exchange, ...silentExchange(hub.now) };
  return async (request) => {
    try {
      return await remote(request);
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      const context = { ...request.context, hub: { ...request.context.hub, exchange }, loaders: new Map() };
      return here({ ...request, context });
    }
  };
}
