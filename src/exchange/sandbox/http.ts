import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from '../../log';
import { encodeText } from '../parcel/charset';
import { contentFault, type Mode } from './mode';

export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** An object body goes out as JSON, a text as it is; both say that they are UTF-8. */
export interface HttpReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: object | string;
  /** Bytes that are not what the reply says: GB 18030, or UTF-8 with a byte order mark. */
  readonly written?: 'gb18030' | 'bom';
}

export interface HttpServer {
  readonly port: number;
  close(): Promise<void>;
}

interface HttpService {
  answer(request: HttpRequest): Promise<HttpReply> | HttpReply;
  /** The service's own words for 413 and 500. */
  fault(status: 413 | 500): HttpReply;
}

const BODY_LIMIT = 4 * 1024 * 1024;

async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, { status, headers, body, written }: HttpReply): void {
  const text = writtenAs(written, typeof body === 'string' ? body : JSON.stringify(body));
  const type = typeof body === 'string' ? 'text/xml; charset=utf-8' : 'application/json; charset=utf-8';
  response.writeHead(status, { 'content-type': type, 'content-length': text.length, ...headers }).end(text);
}

/** How an answer is written in a mode. */
export function inMode(mode: Mode): Pick<HttpReply, 'written'> {
  const fault = contentFault(mode);
  return fault === 'gb18030' || fault === 'bom' ? { written: fault } : {};
}

const writtenAs = (written: HttpReply['written'], text: string): Buffer =>
  written === 'gb18030' ? encodeText(text, 'GB18030') : Buffer.from(written === 'bom' ? `\ufeff${text}` : text);

async function reply(incoming: IncomingMessage, service: HttpService): Promise<HttpReply> {
  const body = await readBody(incoming);
  if (!body) return { ...service.fault(413), headers: { connection: 'close' } };
  const [path = '/', query = ''] = (incoming.url ?? '/').split('?', 2);
  return service.answer({ method: incoming.method ?? 'GET', path, query, headers: incoming.headers, body });
}

/** Serves on a free loopback port. What a service throws is logged by code and answered as its 500. */
export async function serveHttp(service: HttpService, log: Logger): Promise<HttpServer> {
  const server = createServer((incoming, response) => {
    reply(incoming, service)
      .catch((err: unknown) => {
        log.error({ err }, 'sandbox agency failed');
        return service.fault(500);
      })
      .then(
        (answer) => send(response, answer),
        () => response.destroy(),
      );
  });
  server.keepAliveTimeout = 65_000; // outlives the keep-alive of usual clients, so that they never write into a closing socket
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The body as JSON, or undefined where it is none. */
export function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
