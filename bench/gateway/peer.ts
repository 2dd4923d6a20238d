import { ApolloServer } from '@apollo/server';
import fastifyApollo from '@as-integrations/fastify';
import { mergeSchemas } from '@graphql-tools/schema';
import { filterSchema } from '@graphql-tools/utils';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import mercurius from 'mercurius';
import type { Hub, RequestContext } from '../../src/context';
import { makeAuthenticate } from '../../src/server/authenticate';
import type { RunningServer, ServerParts } from '../../src/server/start';
import { makeSubgraph } from '../../src/server/subgraph';
import { loadMaskProfiles } from '../../src/store/mask-profiles';

type ContextOf = (request: FastifyRequest) => Promise<RequestContext>;

/** The same resolvers, guards and masks in one schema, as anyone would serve it: no planner, no subgraphs. */
export async function openPeer(door: 'apollo' | 'mercurius', hub: Hub, parts: ServerParts): Promise<RunningServer> {
  const schema = await oneSchema(hub, parts);
  const authenticate = makeAuthenticate(hub, parts.issuers);
  const contextOf: ContextOf = async ({ headers, id }) => {
    const viewer = await authenticate(headers.authorization);
    const token = headers['x-purpose'];
    const purpose = typeof token === 'string' ? await parts.resolvePurpose(hub, viewer, token) : null;
    return { hub, viewer, purpose, requestId: id, loaders: new Map() };
  };
  const app = Fastify();
  if (door === 'apollo') await serveByApollo(app, schema, contextOf);
  else await app.register(mercurius, { schema, jit: 1, context: contextOf });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { url, close: () => app.close() };
}

async function serveByApollo(app: FastifyInstance, schema: GraphQLSchema, contextOf: ContextOf): Promise<void> {
  const server = new ApolloServer<RequestContext>({ schema, includeStacktraceInErrorResponses: false });
  await server.start();
  await app.register(fastifyApollo(server), { context: contextOf });
}

/** Subgraphs as the product builds them, less what federation adds. */
async function oneSchema(hub: Hub, { subgraphs }: ServerParts): Promise<GraphQLSchema> {
  const maskOf = await loadMaskProfiles(hub.db.app, hub.regions);
  const schemas = subgraphs.map((parts) => withoutFederation(makeSubgraph(parts, { now: hub.now, maskOf }).schema));
  return mergeSchemas({ schemas, assumeValid: true, assumeValidSDL: true });
}

const withoutFederation = (schema: GraphQLSchema): GraphQLSchema =>
  filterSchema({
    schema,
    rootFieldFilter: (_operation, field) => !field.startsWith('_'),
    typeFilter: (name) => !['_Any', '_Entity', '_Service'].includes(name),
  });
