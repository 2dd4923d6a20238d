import { createServer, type RequestListener, type Server } from 'node:http';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { secondsToNextDay } from '../access/day';
import type { Hub } from '../context';
import { HubError, type FaultCode } from '../errors';
import type { Limits } from '../limits';
import { makeDrain } from './drain';
import { RefusedDocument, presentRefusal, refusalBody, statusOf, told } from './faults';
import { JSON_TYPE, RETRY_AFTER_S, RETRY_LATER, SAFE_HEADERS } from './headers';
import { patienceOf, tellClient } from './limits/connections';
import { refuseNestedJson } from './limits/json-text';
import { leftEarly, noteRefusal } from './limits/refused';
import { LONG_BODY, ownTurn } from './limits/turns';
import { requestIdOf } from './request-id';

/** Faults that Fastify itself finds, by its codes. */
const FASTIFY_FAULTS: Readonly<Record<string, FaultCode>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'MALFORMED_REQUEST',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'MALFORMED_REQUEST',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'MALFORMED_REQUEST',
  FST_ERR_CTP_BODY_TOO_LARGE: 'REQUEST_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_ERR_BAD_URL: 'UNKNOWN_PATH',
};

/** Answers a request before the framework sees it, or leaves it to `next`. */
export type Shortcut = (...request: [...Parameters<RequestListener>, next: () => void]) => void;

/** No route describes itself by JSON Schema, so that Fastify need not load its compilers. */
function noSchemas(): never {
  throw new TypeError('routes are checked by their own code, not by JSON Schema');
}

/** The web server without its doors: ids, headers, and JSON from the catalogue for whatever goes wrong. */
export function makeHttp(hub: Hub, shortcut: Shortcut): FastifyInstance {
  const drain = makeDrain();
  const app = Fastify({
    bodyLimit: hub.config.LIMIT_BODY_BYTES,
    genReqId: ({ headers }) => requestIdOf(headers['x-request-id']),
    serverFactory: (handler): Server => {
      const server = createServer(patienceOf(hub.config), (request, response) => {
        if (!drain.refuses(response)) shortcut(request, response, () => handler(request, response));
      });
      server.maxConnections = hub.config.LIMIT_CONNECTIONS;
      return server;
    },
    clientErrorHandler: (error, socket) => tellClient(hub.metrics, error, socket),
    forceCloseConnections: true,
    return503OnClosing: false, // the drain does, in words of the catalogue
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    frameworkErrors: (error, request, reply) =>
      void refuse(hub, error, request as FastifyRequest, reply as FastifyReply),
  });
  app.addHook('preClose', () => drain.begin(app.server));
  takeJson(app, hub.config);
  app.addHook(
    'onRequest',
    async (request, reply) => void reply.headers(SAFE_HEADERS).header('x-request-id', request.id),
  );
  app.addHook('onResponse', async (request, reply) => {
    const door = request.routeOptions.url ?? 'unknown';
    hub.metrics.requests.observe({ door, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
  app.setErrorHandler((error: FastifyError, request, reply) => refuse(hub, error, request, reply));
  app.setNotFoundHandler((request, reply) => refuse(hub, new HubError('UNKNOWN_PATH'), request, reply));
  return app;
}

/** JSON and nothing else, weighed before it is parsed. */
function takeJson(app: FastifyInstance, limits: Limits): void {
  app.removeContentTypeParser(['text/plain', 'application/json']);
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    const parse = () => {
      try {
        refuseNestedJson(body, limits);
      } catch (error) {
        return done(error as Error);
      }
      void parseJson(request, body, done);
    };
    if (body.length < LONG_BODY) parse();
    else void ownTurn().then(parse);
  });
}

function refuse(
  { log, now, metrics }: Hub,
  error: Error,
  { id: requestId, raw }: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const known = leftEarly(raw) ? 'MALFORMED_REQUEST' : FASTIFY_FAULTS[(error as FastifyError).code];
  const fault = known ? new HubError(known) : error;
  if (fault instanceof RefusedDocument) {
    const errors = fault.errors.map((each) => presentRefusal(each, requestId));
    return reply.code(400).type(JSON_TYPE).send(JSON.stringify({ errors }));
  }
  const fitting = told(fault, { requestId, log });
  const status = statusOf(fitting.code);
  if (RETRY_LATER.includes(status)) reply.header('retry-after', RETRY_AFTER_S);
  noteRefusal(metrics, fitting, reply, 'LIMIT_BODY_BYTES');
  if (fitting.code === 'DAILY_BUDGET_SPENT') reply.header('retry-after', secondsToNextDay(now()));
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  return reply
    .code(status)
    .type(JSON_TYPE)
    .send(JSON.stringify(refusalBody(fitting, requestId)));
}
