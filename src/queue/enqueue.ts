import type { QueryConfig } from 'pg';

export interface Errand {
  readonly task: string;
  readonly payload: Readonly<Record<string, string>>;
  /** Not before; at once when left out. */
  readonly runAt?: Date;
  /** One waiting job per key: a second takes the place of the first. */
  readonly key?: string;
}

/** The statement that puts an errand in the queue; run in the transaction of the act, so that both happen or neither. */
export function enqueue({ task, payload, runAt, key }: Errand): QueryConfig {
  return {
    name: 'enqueue',
    text: 'select enqueue($1::text, $2::json, $3::timestamptz, $4::text)',
    values: [task, JSON.stringify(payload), runAt ?? null, key ?? null],
  };
}
