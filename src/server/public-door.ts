import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Hub } from '../context';
import { HubError } from '../errors';
import type { Page } from '../store/page-cache';
import { holdsTag } from './entity-tag';
import { PAGE_HEADERS, sendPage } from './page-answer';
import { makePage } from './public-page';
import { readPublicQuestion } from './public-question';
import { compileDocuments, type CompiledDocument } from './public-schema';

export interface PublicDoor {
  open(app: FastifyInstance): void;
  /** Sends a page before the framework sees the request: a page is cheaper than its routing. What is no page goes to `next`. */
  serve(request: IncomingMessage, response: ServerResponse, next: () => void): void;
}

const PATH = '/public/graphql';
const QUESTION = `${PATH}?`;
const KNOWN_URLS = 10_000;
const LONGEST_URL = 1000;
/** A longer one is refused, so that it is read neither here nor by what stands between. */
const REFUSED_URL = 2048;

const refused = ['POST', 'PUT', 'PATCH', 'DELETE'];
const shown = ({ id, hash, title, query, variables }: CompiledDocument) => ({ id, hash, title, query, variables });

/** 公开接口: fixed documents on published, already masked rows; past the gateway, without a caller. */
export function makePublicDoor(hub: Hub): PublicDoor {
  let compiled: Promise<readonly CompiledDocument[]> | undefined;
  const documents = () => (compiled ??= compileDocuments()); // with the first question: a hub starts without
  /** URL → key of the page: reading a question costs more than finding its page. */
  const keys = new LRUCache<string, string>({ max: KNOWN_URLS });
  const pageFor = async (given: unknown, url = ''): Promise<Page> => {
    const question = readPublicQuestion(await documents(), given);
    const page = (await hub.pages.get(question.key)) ?? (await makePage(hub, question));
    if (url !== '' && url.length <= LONGEST_URL) keys.set(url, question.key); // only what has a page: no room for nonsense
    return page;
  };
  const answer = async ({ url, query, headers }: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    if (url.length > REFUSED_URL) throw new HubError('URI_TOO_LONG');
    const page = await pageFor(query);
    reply.headers({ ...PAGE_HEADERS, etag: page.etag });
    return holdsTag(headers['if-none-match'], page.etag) ? reply.code(304).send() : reply.send(page.body);
  };
  return {
    open(app) {
      app.get(PATH, answer);
      app.route({ method: refused, url: PATH, onRequest: refuseMethod, handler: refuseMethod });
      app.get('/public/documents', async () => ({ documents: (await documents()).map(shown) }));
    },
    serve(request, response, next) {
      const { url = '', method } = request;
      if (method !== 'GET' || !url.startsWith(QUESTION) || url.length > REFUSED_URL) return next();
      const key = keys.get(url);
      const kept = key === undefined ? undefined : hub.pages.get(key);
      if (kept !== undefined && !(kept instanceof Promise)) {
        hub.metrics.cachedPages.inc();
        return sendPage(request, response, kept as Page);
      }
      const seconds = hub.metrics.requests.startTimer({ door: PATH, status: 200 });
      const send = (page: Page): void => {
        sendPage(request, response, page);
        seconds();
      };
      void pageFor(parse(url.slice(QUESTION.length)), url).then(send, next);
    },
  };
}

/** Before its body is read, whatever is in it. */
const refuseMethod = async (_request: FastifyRequest, reply: FastifyReply): Promise<never> => {
  reply.header('allow', 'GET, HEAD');
  throw new HubError('METHOD_NOT_ALLOWED');
};
