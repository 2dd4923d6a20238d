import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Hub } from '../context';
import { HubError } from '../errors';
import type { Page } from '../store/page-cache';
import { holdsTag } from './entity-tag';
import type { Admission } from './limits/admission';
import type { Guard } from './limits/guard';
import { PAGE_HEADERS, sendPage } from './page-answer';
import { makePage } from './public-page';
import { refuseMethod } from './refuse-method';
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

const refuseOthers = refuseMethod('GET, HEAD');
const refused = ['POST', 'PUT', 'PATCH', 'DELETE'];
const shown = ({ id, hash, title, query, variables }: CompiledDocument) => ({ id, hash, title, query, variables });

interface Pages {
  documents(): Promise<readonly CompiledDocument[]>;
  /** What this process holds under an address. */
  kept(url: string): Page | undefined;
  /** Answers a question; under an address it is kept, where it has a page. */
  pageFor(given: unknown, url?: string): Promise<Page>;
}

function makePages(hub: Hub, admission: Admission): Pages {
  let compiled: Promise<readonly CompiledDocument[]> | undefined;
  const documents = () => (compiled ??= compileDocuments()); // with the first question: a hub starts without
  /** URL → key of the page: reading a question costs more than finding its page. */
  const keys = new LRUCache<string, string>({ max: KNOWN_URLS });
  return {
    documents,
    kept(url) {
      const key = keys.get(url);
      const kept = key === undefined ? undefined : hub.pages.get(key);
      return kept instanceof Promise ? undefined : kept;
    },
    async pageFor(given, url = '') {
      const question = readPublicQuestion(await documents(), given);
      const page = (await hub.pages.get(question.key)) ?? (await admission.admit(() => makePage(hub, question)));
      if (url !== '' && url.length <= LONGEST_URL) keys.set(url, question.key); // only what has a page: no room for nonsense
      return page;
    },
  };
}

/**
 * 公开接口: fixed documents on published, already masked rows; past the gateway, without a caller. What memory answers costs less
 * than its refusal would and is not counted.
 */
export function makePublicDoor(hub: Hub, guard: Guard): PublicDoor {
  const { documents, kept, pageFor } = makePages(hub, guard.publicAdmission);
  const letIn = (request: IncomingMessage): Promise<void> => letPublicIn(guard, request);
  /** What `serve` could not answer comes to the framework with its fault: it is neither counted nor tried again. */
  const faults = new WeakMap<IncomingMessage, Error>();
  const answer = async ({ url, query, headers, raw }: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const fault = faults.get(raw);
    if (fault) throw fault;
    if (url.length > REFUSED_URL) throw new HubError('URI_TOO_LONG');
    await letIn(raw);
    const page = await pageFor(query);
    reply.headers({ ...PAGE_HEADERS, etag: page.etag });
    return holdsTag(headers['if-none-match'], page.etag) ? reply.code(304).send() : reply.send(page.body);
  };
  return {
    open(app) {
      app.get(PATH, answer);
      /* Before its body is read, whatever is in it. */
      app.route({ method: refused, url: PATH, onRequest: refuseOthers, handler: refuseOthers });
      app.get('/public/documents', async () => ({ documents: (await documents()).map(shown) }));
    },
    serve(request, response, next) {
      const { url = '', method } = request;
      if (method !== 'GET' || !url.startsWith(QUESTION) || url.length > REFUSED_URL) return next();
      const page = kept(url);
      if (page !== undefined) {
        hub.metrics.cachedPages.inc();
        return sendPage(request, response, page);
      }
      const seconds = hub.metrics.requests.startTimer({ door: PATH, status: 200 });
      const send = (made: Page): void => {
        sendPage(request, response, made);
        seconds();
      };
      const pass = (fault: Error): void => (faults.set(request, fault), next());
      void letIn(request)
        .then(() => pageFor(parse(url.slice(QUESTION.length)), url))
        .then(send, pass);
    },
  };
}

/** A reader whom nobody knows: as many as there is room for. Errors: RATE_LIMITED, BUSY. */
export async function letPublicIn(
  { rates, publicAdmission, addressOf }: Guard,
  request: IncomingMessage,
): Promise<void> {
  publicAdmission.refuseFull();
  await rates.publicReaders.take(addressOf(request));
}
