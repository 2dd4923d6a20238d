import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Hub } from '../context';
import type { Page } from '../store/page-cache';
import { JSON_TYPE } from './headers';
import { makePage } from './public-page';
import { readPublicQuestion } from './public-question';
import { compileDocuments, type CompiledDocument } from './public-schema';
import { requestIdOf } from './request-id';

export interface PublicDoor {
  open(app: FastifyInstance): void;
  /** Sends a page before the framework sees the request: a page is cheaper than its routing. What is no page goes to `next`. */
  serve(request: IncomingMessage, response: ServerResponse, next: () => void): void;
}

const PATH = '/public/graphql';
const QUESTION = `${PATH}?`;
/** Personal, if masked: to be found here and not by a search engine (domain.md §8). */
const PAGE_HEADERS = {
  'content-type': JSON_TYPE,
  'cache-control': 'public, max-age=60',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
  'access-control-allow-origin': '*',
} as const;
const PAGE_HEADER_LIST = Object.entries(PAGE_HEADERS).flat();
const KNOWN_URLS = 10_000;
const LONGEST_URL = 1000;

/** 公开接口: fixed documents on published, already masked rows; past the gateway, without a caller. */
export function makePublicDoor(hub: Hub): PublicDoor {
  let compiled: Promise<readonly CompiledDocument[]> | undefined;
  const documents = () => (compiled ??= compileDocuments()); // with the first question: a hub starts without
  /** URL → key of the page: reading a question costs more than finding its page. */
  const keys = new LRUCache<string, string>({ max: KNOWN_URLS });
  const pageFor = async (given: unknown, url = ''): Promise<Page> => {
    const question = readPublicQuestion(await documents(), given);
    if (url !== '' && url.length <= LONGEST_URL) keys.set(url, question.key);
    return (await hub.pages.get(question.key)) ?? (await makePage(hub, question));
  };
  const answer = async (given: unknown, { headers }: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const page = await pageFor(given);
    reply.headers({ ...PAGE_HEADERS, etag: page.etag });
    return holds(headers, page) ? reply.code(304).send() : reply.send(page.body);
  };
  return {
    open(app) {
      app.get(PATH, (request, reply) => answer(request.query, request, reply));
      app.post(PATH, (request, reply) => answer(request.body, request, reply));
      app.get('/public/documents', async () => ({
        documents: (await documents()).map(({ id, title, query, variables }) => ({ id, title, query, variables })),
      }));
    },
    serve(request, response, next) {
      const { url = '', method } = request;
      if (method !== 'GET' || !url.startsWith(QUESTION)) return next();
      const key = keys.get(url);
      const kept = key === undefined ? undefined : hub.pages.get(key);
      if (kept !== undefined && !(kept instanceof Promise)) {
        hub.metrics.cachedPages.inc();
        return write(request, response, kept as Page);
      }
      const seconds = hub.metrics.requests.startTimer({ door: PATH, status: 200 });
      const send = (page: Page): void => {
        write(request, response, page);
        seconds();
      };
      void pageFor(parse(url.slice(QUESTION.length)), url).then(send, next);
    },
  };
}

const holds = ({ 'if-none-match': held }: IncomingMessage['headers'], { etag }: Page): boolean =>
  held !== undefined && held.includes(etag);

/** Headers go as one list: as an object they cost a page a third more. */
function write(request: IncomingMessage, response: ServerResponse, page: Page): void {
  const id = requestIdOf(request.headers['x-request-id']);
  const headers = [...PAGE_HEADER_LIST, 'etag', page.etag, 'x-request-id', id];
  if (holds(request.headers, page)) response.writeHead(304, headers).end();
  else response.writeHead(200, [...headers, 'content-length', String(page.body.length)]).end(page.body);
}
