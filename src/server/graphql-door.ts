import { isAsyncIterable } from '@graphql-tools/utils';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FormattedExecutionResult } from 'graphql';
import { ToDisk } from '../access/session';
import { principalOf, type PurposeGrant, type Viewer } from '../access/viewer';
import type { Hub, RequestContext } from '../context';
import { HubError } from '../errors';
import type { Limits } from '../limits';
import { readQuestion } from './body';
import { RefusedDocument, statusOf } from './faults';
import type { Checked, Gateway, Question, Reply } from './gateway';
import { GRAPHIQL_POLICY, graphiqlPage } from './graphiql';
import { GRAPHQL_TYPE, JSON_TYPE, RETRY_AFTER_S, RETRY_LATER } from './headers';
import { letIn, type Reception } from './let-in';
import { OverLimit } from './limits/over-limit';
import { ownTurn } from './limits/turns';
import { admitPartner, type RegisteredDocument } from './partner/admit';
import { receipted, whileGranted } from './partner/answer';
import { reachDisk } from '../store/database';
import { streamEvents } from './stream';

/** A live purpose from an `x-purpose` token. Throws PURPOSE_DEAD. */
export type ResolvePurpose = (hub: Hub, viewer: Viewer, token: string) => Promise<PurposeGrant>;

export interface GraphqlDoor extends Reception {
  readonly gateway: Gateway;
  readonly resolvePurpose: ResolvePurpose;
}

/** /graphql: officers and partners ask by POST; a browser gets GraphiQL. */
export function openGraphqlDoor(app: FastifyInstance, door: GraphqlDoor): void {
  const askers = new WeakMap<FastifyRequest, Viewer>();
  const onRequest = async (request: FastifyRequest) =>
    void askers.set(request, await letIn(door, request, requestsOf(request.headers, door.hub.config)));
  app.post('/graphql', { onRequest }, async (request, reply) => {
    const asker = askers.get(request)!;
    const work = () => ask(door, request, asker);
    const { answer, context, document, left } = await door.guard.admission.admit(work).catch(counted(door, asker));
    if (!isAsyncIterable(answer)) return send(request, reply, answer);
    reply.hijack();
    reply.raw.once('close', left);
    await streamEvents(reply.raw, document ? whileGranted(context, document, answer) : answer, request.id).finally(
      left,
    );
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

/** A refusal after parsing and weighing has cost us more than its request: it counts as several. */
const counted =
  ({ hub, guard }: GraphqlDoor, asker: Viewer) =>
  async (error: unknown): Promise<never> => {
    const costly = error instanceof RefusedDocument || (error instanceof OverLimit && statusOf(error.code) === 400);
    const more = hub.config.LIMIT_REFUSAL_SHARE;
    if (costly && more > 0) await guard.rates.clients.take(principalOf(asker), more).catch(() => undefined); // the next one hears of it
    throw error;
  };

/**
 * A large body counts as several requests: reading it costs as much. One that does not say its length is taken for the largest;
 * one that is too large is not read, and counts as any refusal.
 */
function requestsOf(headers: FastifyRequest['headers'], limits: Limits): number {
  const { LIMIT_BODY_BYTES, LIMIT_BODY_SHARE_BYTES, LIMIT_REFUSAL_SHARE } = limits;
  const bytes = Number(headers['content-length'] ?? (headers['transfer-encoding'] ? LIMIT_BODY_BYTES : 0));
  return 1 + (bytes > LIMIT_BODY_BYTES ? LIMIT_REFUSAL_SHARE : Math.floor(bytes / LIMIT_BODY_SHARE_BYTES));
}

interface Asked extends Received {
  readonly answer: Reply;
  /** Of a stream: it is over. */
  readonly left: () => void;
}

const nothing = (): void => undefined;

/** The answer to a question, with its receipt; or a stream that is counted until it is left. */
async function ask(door: GraphqlDoor, request: FastifyRequest, asker: Viewer): Promise<Asked> {
  const received = await receive(door, request, asker);
  const { checked, question, context, document } = received;
  const isStream = checked.operationType === 'subscription';
  if (isStream && !accepts(request, 'text/event-stream'))
    throw new HubError('MALFORMED_REQUEST', 'accept', '订阅须携带 Accept: text/event-stream');
  const left = isStream ? door.guard.streams.open(principalOf(asker)) : nothing;
  try {
    const [answer] = await Promise.all([door.gateway.run(checked, context), context.ready]);
    if (context.toDisk?.owed) await reachDisk(door.hub.db.app);
    if (isAsyncIterable(answer)) return { ...received, answer, left };
    left();
    return { ...received, answer: document ? await receipted(context, question, document, answer) : answer, left };
  } catch (error) {
    left();
    throw error;
  }
}

interface Received {
  readonly question: Question;
  readonly checked: Checked;
  readonly context: RequestContext;
  /** Of a partner system: the registered document that it runs. */
  readonly document?: RegisteredDocument;
}

/**
 * What is asked, and under which purpose. Officers write documents of their own, which are weighed before anything is looked up;
 * a partner system names a registered one.
 */
async function receive(door: GraphqlDoor, request: FastifyRequest, asker: Viewer): Promise<Received> {
  const { hub, gateway, resolvePurpose } = door;
  const { headers, id: requestId, body } = request;
  const asked = readQuestion(body, hub.config);
  const isPartner = asker.role === 'PARTNER_SYSTEM';
  if (!isPartner && asked.documentId !== undefined) throw new HubError('MALFORMED_REQUEST', 'documentId');
  if (!isPartner && !gateway.knows(asked)) await ownTurn();
  const own = isPartner ? undefined : gateway.check(asked);
  const { viewer, question, document } = isPartner
    ? await admitPartner(hub, asker, asked)
    : { viewer: asker, question: asked, document: undefined };
  const checked = own ?? gateway.check(question);
  const token = headers['x-purpose'];
  const evidence = document && new Set<string>();
  const context = { hub, viewer, purpose: null, requestId, loaders: new Map(), evidence };
  if (typeof token !== 'string' || token === '') return { question, checked, document, context };
  /* Under a purpose looks at housing records lead to looks at answers, whose commits wait; what a partner looks at is counted, and each count waits. */
  const toDisk = isPartner || checked.operationType === 'subscription' ? undefined : new ToDisk();
  const ready = resolvePurpose(hub, viewer, token).then((purpose) => void Object.assign(context, { purpose }));
  ready.catch(() => undefined); // met where the answer is awaited
  return { question, checked, document, context: Object.assign(context, { ready, toDisk }) };
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
