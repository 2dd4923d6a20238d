import type { Hub } from '../../../src/context';
import { FAULTS, type FaultCode } from '../../../src/errors';
import { ran } from './tree';

/** What a request did in the hub: resolvers that ran, connections to the database that were taken. */
export interface Deeds {
  readonly resolvers: number;
  readonly connections: number;
}

export const NOTHING: Deeds = { resolvers: 0, connections: 0 };

/** Counts what the hub does, from now on; `since` counts from the last time it was asked. */
export function watchHub({ db }: Hub): { since(): Deeds } {
  let connections = 0;
  ran.times = 0;
  for (const pool of [db.app, db.publicReader]) pool.on('acquire', () => (connections += 1));
  return {
    since() {
      const deeds = { resolvers: ran.times, connections };
      [ran.times, connections] = [0, 0];
      return deeds;
    },
  };
}

export interface Refusal {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly code: FaultCode;
  readonly field?: string;
}

/** The refusal in an answer, whichever door gave it; its words must be those of the catalogue. */
export async function refusalIn(response: Response): Promise<Refusal> {
  const body = (await response.json()) as Record<string, unknown> & { errors?: { extensions: Told }[] };
  const { code, field, remedy } = body.errors?.[0]?.extensions ?? (body as unknown as Told);
  expect([FAULTS[code]?.remedy, FAULTS[code]?.http]).toEqual([remedy, response.status]);
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    code,
    ...(field ? { field } : {}),
  };
}

interface Told {
  readonly code: FaultCode;
  readonly field?: string;
  readonly remedy: string;
}

/** How often each limit refused so far, as /metrics tells it. */
export async function refusedBy(url: string): Promise<Record<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Object.fromEntries(
    [...text.matchAll(/^anju_refused_total\{limit="(\w+)"\} (\d+)$/gm)].map(([, limit, count]) => [
      limit!,
      Number(count),
    ]),
  );
}
