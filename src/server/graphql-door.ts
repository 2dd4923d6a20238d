import { isAsyncIterable } from '@graphql-tools/utils';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FormattedExecutionResult } from 'graphql';
import type { PurposeGrant, Viewer } from '../access/viewer';
import type { Hub, RequestContext } from '../context';
import { HubError } from '../errors';
import type { Authenticate } from './authenticate';
import { readQuestion } from './body';
import { statusOf } from './faults';
import type { Gateway, Question } from './gateway';
import { GRAPHIQL_POLICY, graphiqlPage } from './graphiql';
import { GRAPHQL_TYPE, JSON_TYPE, RETRY_AFTER_S, RETRY_LATER } from './headers';
import { admitPartner, type RegisteredDocument } from './partner/admit';
import { receipted, whileGranted } from './partner/answer';
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
    const { question, context, document } = await receive(door, request);
    const answer = await door.gateway.answer(question, context);
    if (!isAsyncIterable(answer))
      return send(request, reply, document ? await receipted(context, question, document, answer) : answer);
    if (!accepts(request, 'text/event-stream')) {
      await answer.return?.();
      throw new HubError('MALFORMED_REQUEST', 'accept', '订阅须携带 Accept: text/event-stream');
    }
    reply.hijack();
    await streamEvents(reply.raw, document ? whileGranted(context, document, answer) : answer, request.id);
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

interface Received {
  readonly question: Question;
  readonly context: RequestContext;
  /** Of a partner system: the registered document that it runs. */
  readonly document?: RegisteredDocument;
}

/** Who asks, what, and under which purpose. Officers write documents of their own; a partner system names a registered one. */
async function receive({ hub, authenticate, resolvePurpose }: GraphqlDoor, request: FastifyRequest): Promise<Received> {
  const { headers, id: requestId, body } = request;
  await hub.keys.fresh();
  const asker = await authenticate(headers.authorization);
  const asked = readQuestion(body);
  const isPartner = asker.role === 'PARTNER_SYSTEM';
  if (!isPartner && asked.documentId !== undefined) throw new HubError('MALFORMED_REQUEST', 'documentId');
  const { viewer, question, document } = isPartner
    ? await admitPartner(hub, asker, asked)
    : { viewer: asker, question: asked, document: undefined };
  const token = headers['x-purpose'];
  const purpose = typeof token === 'string' && token !== '' ? await resolvePurpose(hub, viewer, token) : null;
  const evidence = document && new Set<string>();
  return { question, document, context: { hub, viewer, purpose, requestId, loaders: new Map(), evidence } };
}

/** A result with data is a 200, whatever part of it failed; one without carries the status of its first fault. */
function send(request: FastifyRequest, reply: FastifyReply, result: FormattedExecutionResult): FastifyReply {
  const refused = result.errors && (result.data === null || result.data === undefined);
  const status = refused ? statusOf(result.errors![0]!.extensions!.code) : 200;
  const type = accepts(request, 'application/graphql-response+json') ? GRAPHQL_TYPE : JSON_TYPE;
  const later = result.errors?.some(({ extensions }) => RETRY_LATER.includes(statusOf(extensions?.code)));
  if (later) reply.header('retry-after', RETRY_AFTER_S);
  return reply.code(status).type(type).send(JSON.stringify(result));
}
