import { isAsyncIterable } from '@graphql-tools/utils';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FormattedExecutionResult } from 'graphql';
import type { PurposeGrant, Viewer } from '../access/viewer';
import type { Hub, RequestContext } from '../context';
import { HubError } from '../errors';
import type { Authenticate } from './authenticate';
import { readQuestion } from './body';
import { statusOf } from './faults';
import type { Gateway } from './gateway';
import { GRAPHIQL_POLICY, graphiqlPage } from './graphiql';
import { GRAPHQL_TYPE, JSON_TYPE } from './headers';
import { streamEvents } from './stream';

/** A live purpose from an `x-purpose` token. Throws PURPOSE_DEAD. */
export type ResolvePurpose = (hub: Hub, viewer: Viewer, token: string) => Promise<PurposeGrant>;

export interface GraphqlDoor {
  readonly hub: Hub;
  readonly gateway: Gateway;
  readonly authenticate: Authenticate;
  readonly resolvePurpose: ResolvePurpose;
}

/** /graphql: officers and partners ask by POST; a browser gets GraphiQL. */
export function openGraphqlDoor(app: FastifyInstance, door: GraphqlDoor): void {
  app.post('/graphql', async (request, reply) => {
    const context = await contextOf(door, request);
    const answer = await door.gateway.answer(readQuestion(request.body), context);
    if (!isAsyncIterable(answer)) return send(request, reply, answer);
    if (!accepts(request, 'text/event-stream')) {
      await answer.return?.();
      throw new HubError('MALFORMED_REQUEST', 'accept', '订阅须携带 Accept: text/event-stream');
    }
    reply.hijack();
    await streamEvents(reply.raw, answer, request.id);
  });
  app.get('/graphql', async (request, reply) => {
    if (!accepts(request, 'text/html')) throw methodNotAllowed(reply);
    reply
      .header('content-security-policy', GRAPHIQL_POLICY)
      .header('content-encoding', 'gzip')
      .header('cache-control', 'no-cache');
    return reply.type('text/html; charset=utf-8').send(await graphiqlPage());
  });
  app.route({
    method: ['PUT', 'PATCH', 'DELETE'],
    url: '/graphql',
    handler: async (_request, reply) => Promise.reject(methodNotAllowed(reply)),
  });
}

function methodNotAllowed(reply: FastifyReply): HubError {
  reply.header('allow', 'POST');
  return new HubError('METHOD_NOT_ALLOWED');
}

const accepts = ({ headers }: FastifyRequest, type: string): boolean => (headers.accept ?? '').includes(type);

async function contextOf(
  { hub, authenticate, resolvePurpose }: GraphqlDoor,
  { headers, id }: FastifyRequest,
): Promise<RequestContext> {
  await hub.keys.fresh();
  const viewer = await authenticate(headers.authorization);
  const token = headers['x-purpose'];
  const purpose = typeof token === 'string' && token !== '' ? await resolvePurpose(hub, viewer, token) : null;
  return { hub, viewer, purpose, requestId: id, loaders: new Map() };
}

/** A result with data is a 200, whatever part of it failed; one without carries the status of its first fault. */
function send(request: FastifyRequest, reply: FastifyReply, result: FormattedExecutionResult): FastifyReply {
  const refused = result.errors && (result.data === null || result.data === undefined);
  const status = refused ? statusOf(result.errors![0]!.extensions!.code) : 200;
  const type = accepts(request, 'application/graphql-response+json') ? GRAPHQL_TYPE : JSON_TYPE;
  return reply.code(status).type(type).send(JSON.stringify(result));
}
