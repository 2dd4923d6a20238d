import { isAsyncIterable } from '@graphql-tools/utils';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { getOperationAST, parse, type ExecutionResult, type FormattedExecutionResult } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { ServiceTokens } from '../access/service-token';
import type { Hub } from '../context';
import { HubError } from '../errors';
import { readQuestion } from './body';
import { presentError } from './faults';
import { JSON_TYPE } from './headers';
import { tidingsOf } from './partner/tidings';
import { mapped, streamEvents } from './stream';
import type { Subgraph } from './subgraph';
import { subgraphExecutor } from './subgraph-executor';

/** Where a subgraph answers its gateway. */
export const subgraphPath = (name: string): string => `/subgraphs/${name}`;

export interface SubgraphDoor {
  readonly hub: Hub;
  readonly subgraph: Subgraph;
  readonly tokens: ServiceTokens;
}

const DOCUMENTS = 1000;

/**
 * POST /subgraphs/{name}: for the gateway and nobody else, since `_entities` would be a door around the front. Whoever asks
 * must bring the gateway's token for this subgraph and this very body; it says in whose name.
 */
export function openSubgraphDoor(app: FastifyInstance, { hub, subgraph, tokens }: SubgraphDoor): void {
  const execute = subgraphExecutor(subgraph.schema);
  const documents = new LRUCache<string, ReturnType<typeof parse>>({ max: DOCUMENTS });
  const documentOf = (text: string) => {
    const known = documents.get(text) ?? parse(text);
    documents.set(text, known);
    return known;
  };
  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | void> => {
    const body = request.body as string;
    const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (!token) throw new HubError('UNAUTHENTICATED', 'authorization');
    const session = await tokens.read(token, subgraph.name, body);
    const { query, operationName, variables } = readQuestion(jsonOf(body));
    const document = documentOf(query);
    const operationType = getOperationAST(document, operationName)?.operation;
    const evidence = session.viewer.partner && new Set<string>();
    const context = { ...session, hub, loaders: new Map(), evidence };
    const result = await execute({ document, variables: variables ?? {}, operationType, context });
    const shown = (raw: ExecutionResult): FormattedExecutionResult => ({
      ...raw,
      ...tidingsOf(context),
      errors: raw.errors?.map((error) => presentError(error, { requestId: session.requestId, log: hub.log })),
    });
    if (!isAsyncIterable(result)) return reply.type(JSON_TYPE).send(JSON.stringify(shown(result)));
    reply.hijack();
    await streamEvents(reply.raw, mapped(result, shown), session.requestId);
  };
  void app.register(async (scope) => {
    scope.removeContentTypeParser('application/json');
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    scope.post(subgraphPath(subgraph.name), answer);
  });
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new HubError('MALFORMED_REQUEST');
  }
}
