import type { Limits } from '../../limits';
import { OverLimit } from './over-limit';

/** Open subscriptions of each client, in this process. */
export interface Streams {
  /** Throws TOO_MANY_REQUESTS where the client has as many as it may; otherwise counts one until the return value is called. */
  open(who: string): () => void;
}

const RETRY_S = 5;

export function makeStreams({ LIMIT_STREAMS }: Limits): Streams {
  const open = new Map<string, number>();
  const change = (who: string, by: number) => {
    const count = (open.get(who) ?? 0) + by;
    if (count > 0) open.set(who, count);
    else open.delete(who);
  };
  return {
    open(who) {
      if ((open.get(who) ?? 0) >= LIMIT_STREAMS)
        throw new OverLimit('LIMIT_STREAMS', 'TOO_MANY_REQUESTS', undefined, `订阅至多 ${LIMIT_STREAMS} 个`, RETRY_S);
      change(who, 1);
      let closed = false;
      return () => {
        if (!closed) change(who, -1);
        closed = true;
      };
    },
  };
}
