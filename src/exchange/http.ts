import type { Pool } from 'undici';
import { configuredNetwork, type Network } from './address';
import { strictDecoder } from './parcel/charset';
import { SourceTrouble, isUntrusted, sourceFault, untrusted } from './trouble';
import { seconds } from './time';

const MAX_BODY = 16 * 1024 * 1024;

export interface HttpReply {
  readonly status: number;
  readonly body: string;
}

export interface HttpQuestion {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

export interface HttpAgency {
  /** A 2xx reply; anything else is SourceTrouble. */
  send(question: HttpQuestion): Promise<HttpReply>;
  /** Loads the client: a hub starts without it. */
  load(): Promise<void>;
  close(): Promise<void>;
}

/**
 * One agency's address over kept-alive connections. It never leaves that origin: a redirect is a source fault. Throws
 * SourceTrouble where the network does not allow the address.
 * @param fault what a non-2xx reply of this protocol means, where the status alone does not say; undefined keeps the usual reading.
 */
export function openHttp(
  origin: string,
  fault?: (reply: HttpReply) => SourceTrouble | undefined,
  network: Network = configuredNetwork(),
): HttpAgency {
  network.require(new URL(origin).hostname);
  const address = new URL(origin).origin;
  let opened: Promise<Pool> | undefined;
  const pool = () => (opened ??= openPool(address, network));
  return {
    async send({ method, path, headers, body, signal }) {
      const sent = await (await pool()).request({ method, path, headers, body, signal }).catch(unreached);
      const reply = { status: sent.statusCode, body: textOf(await sent.body.arrayBuffer().catch(unreached)) };
      if (reply.status >= 200 && reply.status < 300) return reply;
      throw fault?.(reply) ?? usualTrouble(reply.status, sent.headers['retry-after']);
    },
    load: async () => void (await pool()),
    close: async () => (await opened)?.close(),
  };
}

async function openPool(origin: string, { lookup }: Network): Promise<Pool> {
  const { Pool } = await import('undici');
  return new Pool(origin, {
    connect: { lookup },
    connections: 8,
    keepAliveTimeout: seconds(30),
    maxResponseSize: MAX_BODY,
  });
}

function usualTrouble(status: number, retryAfter: string | string[] | undefined): SourceTrouble {
  const wait = /^\d{1,6}$/.test(String(retryAfter)) ? seconds(Number(retryAfter)) : undefined;
  if (status === 429 || status === 503) return new SourceTrouble('SILENT', 'BUSY', wait);
  if (status >= 500) return new SourceTrouble('SILENT', 'SOURCE_ERROR', wait);
  if (status === 401 || status === 403) return new SourceTrouble('REFUSED', 'SOURCE_REFUSED', wait);
  return sourceFault();
}

/** undici's codes for what is not HTTP at all, or too much of it. */
const GARBLED = new Set([
  'UND_ERR_RES_EXCEEDED_MAX_SIZE',
  'UND_ERR_HEADERS_OVERFLOW',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
]);

function unreached(error: Error & { code?: string }): never {
  if (error instanceof SourceTrouble) throw error;
  if (isUntrusted(error)) throw untrusted();
  const garbled = GARBLED.has(error.code ?? '') || error.code?.startsWith('HPE_');
  throw garbled ? sourceFault() : new SourceTrouble('SILENT', 'UNREACHABLE');
}

/** UTF-8, whatever else the reply says of itself; bytes that are none are a source fault, never marks within a name. */
function textOf(body: ArrayBuffer): string {
  try {
    return strictDecoder('UTF-8').decode(body);
  } catch {
    throw sourceFault();
  }
}

/** A JSON body; text that is none is a source fault. */
export function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw sourceFault();
  }
}
