import { STATUS_CODES, type ServerOptions } from 'node:http';
import type { Socket } from 'node:net';
import { HubError, type FaultCode } from '../../errors';
import type { LimitName, Limits } from '../../limits';
import type { Metrics } from '../../metrics';
import { refusalBody, statusOf } from '../faults';
import { JSON_TYPE, SAFE_HEADERS } from '../headers';
import { requestIdOf } from '../request-id';

/** Longer than the whole seconds told, so that a client which goes by them never writes into a connection being closed. */
const GRACE_MS = 900;

/** How long the server waits for a request, its headers and the next one; looked at often enough to be kept. */
export function patienceOf(limits: Limits): ServerOptions {
  const { LIMIT_HEADER_SECONDS, LIMIT_REQUEST_SECONDS, LIMIT_IDLE_SECONDS } = limits;
  const headersTimeout = 1000 * Math.min(LIMIT_HEADER_SECONDS, LIMIT_REQUEST_SECONDS);
  return {
    headersTimeout,
    requestTimeout: 1000 * LIMIT_REQUEST_SECONDS,
    keepAliveTimeout: 1000 * LIMIT_IDLE_SECONDS + GRACE_MS,
    connectionsCheckingInterval: Math.max(250, headersTimeout / 10),
  };
}

const FAULT_OF: Readonly<Record<string, FaultCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
};

/** What never became a request is answered in words of the catalogue too, and its connection closed. */
export function tellClient({ refused }: Metrics, error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const code = FAULT_OF[error.code ?? ''] ?? 'MALFORMED_REQUEST';
  if (code === 'REQUEST_TIMEOUT') refused.inc({ limit: 'LIMIT_REQUEST_SECONDS' satisfies LimitName });
  const body = JSON.stringify(refusalBody(new HubError(code), requestIdOf(undefined)));
  const headers = {
    ...SAFE_HEADERS,
    'content-type': JSON_TYPE,
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const status = statusOf(code);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  if (!socket.writable) return void socket.destroy(error);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`, () => socket.destroy());
}
