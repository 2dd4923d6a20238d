import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isAsyncIterable } from '@graphql-tools/utils';
import type { Viewer } from '../../access/viewer';
import type { RequestContext } from '../../context';
import { FAULTS, HubError, type FaultCode } from '../../errors';
import { PAPERS } from '../../papers';
import type { Ask, PaperKind } from '../../papers/kind';
import type { Paper } from '../../papers/paper';
import { recordId } from '../../../resolvers/identifier';
import type { Gateway } from '../gateway';
import type { GraphqlDoor } from '../graphql-door';
import { letIn } from '../let-in';
import { refuseMethod } from '../refuse-method';

const PATH = '/papers/:kind/:file';
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
/** A paper asks the graph more than once, and is laid out: it counts as several requests. */
const REQUESTS = 3;

interface Wanted {
  readonly Params: { readonly kind: string; readonly file: string };
  readonly Querystring: Readonly<Record<string, unknown>>;
}

/** /papers: a document made of what the graph tells whoever asks, with the same token, purpose, masks and read log. */
export function openPaperDoor(app: FastifyInstance, door: GraphqlDoor): void {
  const askers = new WeakMap<FastifyRequest, Viewer>();
  const onRequest = async (request: FastifyRequest) => void askers.set(request, await letIn(door, request, REQUESTS));
  app.get<Wanted>(PATH, { onRequest }, async (request, reply) => {
    const viewer = askers.get(request as FastifyRequest)!;
    const [kind, id, form] = wanted(request.params);
    const context = await contextOf(door, request as FastifyRequest, viewer);
    const { query } = request;
    const more = { round: once(query, 'round'), region: once(query, 'region'), household: idOnce(query, 'household') };
    return door.guard.admission.admit(async () =>
      send(reply, form, `${request.params.kind}-${id}`, await kind(askOf(door.gateway, context), id, more)),
    );
  });
  app.route({ method: ['POST', 'PUT', 'PATCH', 'DELETE'], url: PATH, handler: refuseMethod('GET, HEAD') });
}

function wanted({ kind, file }: Wanted['Params']): [PaperKind, string, 'docx' | 'html'] {
  const [, id, form] = /^(.*)\.(docx|html)$/.exec(file) ?? [];
  if (!Object.hasOwn(PAPERS, kind) || id === undefined) throw new HubError('UNKNOWN_PATH');
  return [PAPERS[kind]!, recordId(id), form as 'docx' | 'html'];
}

function once(query: Wanted['Querystring'], name: string): string | undefined {
  const given = query[name];
  if (given !== undefined && typeof given !== 'string') throw new HubError('INVALID_INPUT', name, '须给出一次');
  return given;
}

const idOnce = (query: Wanted['Querystring'], name: string): string | undefined => {
  const given = once(query, name);
  return given === undefined ? undefined : recordId(given, name);
};

/** A partner system has its registered documents, and no papers. Errors: FORBIDDEN, PURPOSE_DEAD. */
async function contextOf(
  { hub, resolvePurpose }: GraphqlDoor,
  { headers, id: requestId }: FastifyRequest,
  viewer: Viewer,
): Promise<RequestContext> {
  if (viewer.role === 'PARTNER_SYSTEM') throw new HubError('FORBIDDEN');
  const token = headers['x-purpose'];
  const purpose = typeof token === 'string' && token !== '' ? await resolvePurpose(hub, viewer, token) : null;
  return { hub, viewer, purpose, requestId, loaders: new Map() };
}

/** Whatever the graph could not tell makes no paper: one with a hole would look whole. */
const askOf =
  (gateway: Gateway, context: RequestContext): Ask =>
  async <Data>(query: string, variables: Readonly<Record<string, unknown>>): Promise<Data> => {
    const result = await gateway.run(gateway.check({ query, variables }), context);
    if (isAsyncIterable(result)) throw new TypeError('a paper asks questions');
    const [error] = result.errors ?? [];
    if (!error) return result.data as Data;
    const { code, field } = error.extensions as { code?: string; field?: string };
    throw code !== undefined && code in FAULTS ? new HubError(code as FaultCode, field) : new HubError('INTERNAL');
  };

async function send(reply: FastifyReply, form: 'docx' | 'html', name: string, paper: Paper): Promise<FastifyReply> {
  if (form === 'docx') {
    const { docxOf } = await import('../../papers/docx.js');
    reply.header('content-disposition', `attachment; filename="${name}.docx"`);
    return reply.type(DOCX).send(await docxOf(paper));
  }
  const { htmlOf, HTML_POLICY } = await import('../../papers/html.js');
  reply.header('content-security-policy', HTML_POLICY);
  return reply.type('text/html; charset=utf-8').send(htmlOf(paper));
}
