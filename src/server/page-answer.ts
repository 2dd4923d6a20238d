import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Page } from '../store/page-cache';
import { holdsTag } from './entity-tag';
import { JSON_TYPE } from './headers';
import { headerOf } from './raw-headers';
import { requestIdOf } from './request-id';

/**
 * Personal, if masked: to be found here and not by a search engine (domain.md §8). Between us and the reader a page may be
 * kept for a minute, and shown for half a minute more while it is fetched anew: what was taken down is gone soon after.
 */
export const PAGE_HEADERS = {
  'content-type': JSON_TYPE,
  'cache-control': 'public, max-age=60, s-maxage=60, stale-while-revalidate=30',
  vary: 'accept-encoding',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
  'access-control-allow-origin': '*',
} as const;

const LIST = Object.entries(PAGE_HEADERS).flat();
const LINES = Object.entries(PAGE_HEADERS).map(([name, value]) => `${name}: ${value}\r\n`);
const WHOLE = `HTTP/1.1 200 OK\r\n${LINES.join('')}etag: `;
const UNCHANGED = `HTTP/1.1 304 Not Modified\r\n${LINES.join('')}etag: `;

/** Sends a page, or 304 to those who hold it. Only to a GET. */
export function sendPage(request: IncomingMessage, response: ServerResponse, page: Page): void {
  const { rawHeaders, httpVersion } = request;
  const id = requestIdOf(headerOf(rawHeaders, 'x-request-id'));
  const unchanged = holdsTag(headerOf(rawHeaders, 'if-none-match'), page.etag);
  response.statusCode = unchanged ? 304 : 200;
  if (httpVersion === '1.1' && response.shouldKeepAlive)
    setHead(response, rawHead(page, id, unchanged, idleOf(response)));
  else response.writeHead(response.statusCode, headerList(page, id, unchanged));
  if (unchanged) response.end();
  else response.end(page.body);
}

/** Headers go as one list: as an object they cost a page a third more. */
function headerList({ etag, body }: Page, id: string, unchanged: boolean): string[] {
  const headers = [...LIST, 'etag', etag, 'x-request-id', id];
  return unchanged ? headers : [...headers, 'content-length', String(body.length)];
}

/** The same as text, with what Node itself adds on a connection that stays open. */
function rawHead({ etag, body }: Page, id: string, unchanged: boolean, idle: number): string {
  const start = unchanged ? `${UNCHANGED}${etag}` : `${WHOLE}${etag}\r\ncontent-length: ${body.length}`;
  return `${start}\r\nx-request-id: ${id}\r\nDate: ${httpDate()}\r\nConnection: keep-alive\r\nKeep-Alive: timeout=${idle}\r\n\r\n`;
}

/** Seconds that its connection may stand idle, as Node tells them. */
const idleOf = (response: ServerResponse): number =>
  Math.floor((response as unknown as { _keepAliveTimeout: number })._keepAliveTimeout / 1000);

/** Node checks and joins each header of each answer anew: with a head ready a page costs a twentieth less. */
function setHead(response: ServerResponse, head: string): void {
  (response as unknown as { _header: string })._header = head;
}

let second = 0;
let text = '';

function httpDate(): string {
  const now = Math.floor(Date.now() / 1000);
  if (now !== second) [second, text] = [now, new Date(now * 1000).toUTCString()];
  return text;
}
