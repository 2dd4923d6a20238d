import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Hub } from '../context';
import type { Page } from '../store/page-cache';
import { JSON_TYPE } from './headers';
import { makePage } from './public-page';
import { readPublicQuestion } from './public-question';
import { compileDocuments } from './public-schema';
import { requestIdOf } from './request-id';

export interface PublicDoor {
  open(app: FastifyInstance): void;
  /** Serves a page that is in the cache before the framework sees the request; otherwise leaves it to `next`. */
  serveCached(request: IncomingMessage, response: ServerResponse, next: () => void): void;
}

const PATH = '/public/graphql';
/** Personal, if masked: to be found here and not by a search engine (domain.md §8). */
const PAGE_HEADERS = {
  'content-type': JSON_TYPE,
  'cache-control': 'public, max-age=60',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
  'access-control-allow-origin': '*',
} as const;
const KNOWN_URLS = 10_000;
const LONGEST_URL = 1000;

/** 公开接口: fixed documents on published, already masked rows; past the gateway, without a caller. */
export function makePublicDoor(hub: Hub): PublicDoor {
  const documents = compileDocuments();
  /** URL → key of the page: reading a question costs more than finding its page. */
  const keys = new LRUCache<string, string>({ max: KNOWN_URLS });
  const seconds = hub.metrics.requests.labels(`${PATH} (cached)`, '200');

  const answer = async (given: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const question = readPublicQuestion(documents, given);
    if (request.method === 'GET' && request.url.length <= LONGEST_URL) keys.set(request.url, question.key);
    const page = (await hub.pages.get(question.key)) ?? (await makePage(hub, question));
    reply.headers({ ...PAGE_HEADERS, etag: page.etag });
    return holds(request.headers, page) ? reply.code(304).send() : reply.send(page.body);
  };

  return {
    open(app) {
      app.get(PATH, (request, reply) => answer(request.query, request, reply));
      app.post(PATH, (request, reply) => answer(request.body, request, reply));
      app.get('/public/documents', async () => ({
        documents: documents.map(({ id, title, query, variables }) => ({ id, title, query, variables })),
      }));
    },
    serveCached(request, response, next) {
      const key = request.method === 'GET' ? keys.get(request.url ?? '') : undefined;
      const found = key === undefined ? undefined : hub.pages.get(key);
      if (found === undefined) return next();
      const started = performance.now();
      const serve = (page: Page | undefined): void => {
        if (!page) return next();
        write(request, response, page);
        seconds.observe((performance.now() - started) / 1000);
      };
      if (found instanceof Promise) void found.then(serve, next);
      else serve(found as Page);
    },
  };
}

const holds = ({ 'if-none-match': held }: IncomingMessage['headers'], { etag }: Page): boolean => held !== undefined && held.includes(etag);

function write(request: IncomingMessage, response: ServerResponse, page: Page): void {
  const headers = { ...PAGE_HEADERS, etag: page.etag, 'x-request-id': requestIdOf(request.headers['x-request-id']) };
  if (holds(request.headers, page)) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, { ...headers, 'content-length': page.body.length }).end(page.body);
}
