import { isAsyncIterable } from '@graphql-tools/utils';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { getOperationAST, type DocumentNode, type ExecutionResult, type FormattedExecutionResult } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { ServiceTokens } from '../access/service-token';
import type { Hub, RequestContext } from '../context';
import { HubError } from '../errors';
import { readQuestion } from './body';
import { parseWithin } from './documents';
import { presentError } from './faults';
import { JSON_TYPE } from './headers';
import type { Admission } from './limits/admission';
import { refuseCostly } from './limits/cost';
import { subgraphLimits } from './limits/subgraph';
import { tidingsOf } from './partner/tidings';
import { mapped, streamEvents } from './stream';
import type { Subgraph } from './subgraph';
import { subgraphExecutor, type SubgraphAnswer } from './subgraph-executor';

/** Where a subgraph answers its gateway. */
export const subgraphPath = (name: string): string => `/subgraphs/${name}`;

export interface SubgraphDoor {
  readonly hub: Hub;
  readonly subgraph: Subgraph;
  readonly tokens: ServiceTokens;
  readonly admission: Admission;
}

const DOCUMENTS = 1000;

type Run = (body: string, authorization?: string) => Promise<{ context: RequestContext; result: SubgraphAnswer }>;

/** Reads the gateway's token and runs its question, within limits. */
function makeRun({ hub, subgraph, tokens }: SubgraphDoor): Run {
  const limits = subgraphLimits(hub.config);
  const execute = subgraphExecutor(subgraph.schema);
  const documents = new LRUCache<string, DocumentNode>({ max: DOCUMENTS });
  const documentOf = (text: string) => {
    const known = documents.get(text) ?? parseWithin(text, limits);
    documents.set(text, known);
    return known;
  };
  return async (body, authorization = '') => {
    const token = /^Bearer (\S+)$/.exec(authorization)?.[1];
    if (!token) throw new HubError('UNAUTHENTICATED', 'authorization');
    const session = await tokens.read(token, subgraph.name, body);
    const { query, operationName, variables: given } = readQuestion(jsonOf(body), limits);
    const [document, variables] = [documentOf(query), given ?? {}];
    const operation = getOperationAST(document, operationName);
    if (!operation) throw new HubError('INVALID_QUERY', 'operationName');
    refuseCostly(subgraph.schema, document, operation, variables, limits);
    const evidence = session.viewer.partner && new Set<string>();
    const context = { ...session, hub, loaders: new Map(), evidence };
    return { context, result: await execute({ document, variables, operationType: operation.operation, context }) };
  };
}

/**
 * POST /subgraphs/{name}: for the gateway and nobody else, since `_entities` would be a door around the front. Whoever asks
 * must bring the gateway's token for this subgraph and this very body; it says in whose name.
 */
export function openSubgraphDoor(app: FastifyInstance, door: SubgraphDoor): void {
  const { hub, subgraph, admission } = door;
  const run = makeRun(door);
  const answer = async ({ body, headers }: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | void> => {
    const { context, result } = await admission.admit(() => run(body as string, headers.authorization));
    const { requestId } = context;
    const shown = (raw: ExecutionResult): FormattedExecutionResult => ({
      ...raw,
      ...tidingsOf(context),
      errors: raw.errors?.map((error) => presentError(error, { requestId, log: hub.log })),
    });
    if (!isAsyncIterable(result)) return reply.type(JSON_TYPE).send(JSON.stringify(shown(result)));
    reply.hijack();
    await streamEvents(reply.raw, mapped(result, shown), requestId);
  };
  void app.register(async (scope) => {
    scope.removeContentTypeParser('application/json');
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    scope.post(subgraphPath(subgraph.name), { onRequest: async () => admission.refuseFull() }, answer);
  });
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new HubError('MALFORMED_REQUEST');
  }
}
