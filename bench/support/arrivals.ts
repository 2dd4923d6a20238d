import { Pool } from 'undici';
import type { Shot } from './load';

export interface Arrival {
  readonly status: number;
  readonly ms: number;
  /** Of a refusal; null where it names none. */
  readonly retryAfter: string | null;
  /** When it was sent, ms since the first. */
  readonly at: number;
  /** Answered with 200 and without errors. */
  readonly well: boolean;
}

export interface Rush {
  readonly shots: (index: number) => Shot;
  readonly perSecond: number;
  readonly seconds: number;
  /** Connections kept open; an arrival beyond them opens none and waits in us. */
  readonly connections: number;
}

/** Requests that come by the clock, whether or not those before were answered: as clients come that do not know each other. */
export async function rush(url: string, { shots, perSecond, seconds, connections }: Rush): Promise<Arrival[]> {
  const pool = new Pool(url, { connections, pipelining: 1, headersTimeout: 60_000 });
  const started = performance.now();
  const sent: Promise<Arrival>[] = [];
  const due = () => Math.floor(((performance.now() - started) / 1000) * perSecond);
  while (performance.now() - started < seconds * 1000) {
    while (sent.length <= due()) sent.push(arrive(pool, shots(sent.length), started));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const arrivals = await Promise.all(sent);
  await pool.close();
  return arrivals;
}

/** One request, whatever becomes of it. Throws where the connection breaks. */
export async function arrive(pool: Pool, shot: Shot, started = performance.now()): Promise<Arrival> {
  const before = performance.now();
  const { statusCode, headers, body } = await pool.request({ ...shot, headers: { ...shot.headers } });
  const text = await body.text();
  return {
    status: statusCode,
    ms: performance.now() - before,
    retryAfter: headers['retry-after'] === undefined ? null : String(headers['retry-after']),
    at: before - started,
    well: statusCode === 200 && !text.includes('"errors":'),
  };
}

/** The same request by many, so that none of them is one client with too many. */
export const graphql = (headers: Readonly<Record<string, string>>, query: string, variables: object = {}): Shot => ({
  method: 'POST',
  path: '/graphql',
  headers,
  body: JSON.stringify({ query, variables }),
});
