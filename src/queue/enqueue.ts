import type { QueryConfig } from 'pg';

export interface Errand {
  readonly task: string;
  readonly payload: Readonly<Record<string, string>>;
  /** Not before so many ms from now, by the database's clock, which alone starts jobs; at once when left out. */
  readonly after?: number;
  /** One waiting job per key: a second takes the place of the first. */
  readonly key?: string;
}

/** The statement that puts an errand in the queue; run in the transaction of the act, so that both happen or neither. */
export function enqueue({ task, payload, after, key }: Errand): QueryConfig {
  return {
    name: 'enqueue',
    text: 'select enqueue($1::text, $2::json, now() + make_interval(secs => $3), $4::text)',
    values: [task, JSON.stringify(payload), after === undefined ? null : after / 1000, key ?? null],
  };
}
