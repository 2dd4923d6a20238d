import {
  BrokenCircuitError,
  ConsecutiveBreaker,
  TimeoutStrategy,
  circuitBreaker,
  handleWhen,
  timeout,
  wrap,
} from 'cockatiel';
import type { PurposeKeys } from '../access/keyring';
import { PAGE_SECONDS, memoryPages, type Page, type PageCache } from './page-cache';
import { connectRedis } from './redis';
import { signedPages } from './signed-page';

export interface RedisPagesPlan {
  readonly url: string;
  /** Whose mark a page must bear. */
  readonly keys: PurposeKeys;
  readonly onError: (error: Error) => void;
  readonly now?: () => number;
}

const NAMESPACE = 'anju:page:';
/** A page is made anew in less: there is nothing to be won by waiting longer. */
const PATIENCE_MS = 250;
const DROP_MS = 2_000;
const EXPIRATION = { type: 'EX', value: PAGE_SECONDS } as const;
/** So many failures in a row, and Redis is left alone for so long. */
const TRIP_AFTER = 3;
const REST_MS = 1_000;

/**
 * Pages in Redis, with a short memory before it. A Redis that is gone or slow answers "not here"; what stands in it is
 * believed only where a hub of this key table wrote it; a drop that did not reach it is waited out.
 */
export async function redisPages({ url, keys, onError, now = Date.now }: RedisPagesPlan): Promise<PageCache> {
  const [near, closing] = [memoryPages(), new AbortController()];
  const client = await connectRedis(url, onError);
  const signed = signedPages(keys);
  const quietly = within(untold(onError, closing.signal), (await import('redis')).ErrorReply);
  let doubtedUntil = 0;
  const dropShared = async (prefix: string): Promise<true> => {
    for await (const found of client.scanIterator({ MATCH: `${NAMESPACE}${prefix}*` }))
      if (found.length > 0) await client.del(found); // a step of a scan may find nothing
    return true;
  };
  const getShared = async (key: string): Promise<Page | undefined> => {
    const { drops } = near;
    if (now() < doubtedUntil) return undefined;
    const kept = await quietly(() => client.get(NAMESPACE + key), PATIENCE_MS);
    const found = kept ? signed.read(key, kept, now()) : undefined;
    if (found && near.drops === drops) near.put(key, found.page, found.until - now());
    return found && near.drops === drops ? found.page : undefined;
  };
  return {
    get: (key) => near.get(key) ?? getShared(key),
    get drops() {
      return near.drops;
    },
    put(key, page) {
      near.put(key, page);
      const text = signed.write(key, page, now() + PAGE_SECONDS * 1000);
      void quietly(() => client.set(NAMESPACE + key, text, { expiration: EXPIRATION }), PATIENCE_MS);
    },
    async drop(prefix) {
      await near.drop(prefix);
      if (!(await quietly(() => dropShared(prefix), DROP_MS))) doubtedUntil = now() + PAGE_SECONDS * 1000;
    },
    async close() {
      closing.abort();
      await near.close();
      client.destroy();
    },
  };
}

/** What is still on its way when the cache is closed fails, and is no trouble. */
const untold =
  (onError: (error: Error) => void, closing: AbortSignal) =>
  (error: Error): void => {
    if (!closing.aborted) onError(error);
  };

/** Undefined for what fails or takes too long; after some of these nothing is tried for a while. A refusal is an answer. */
function within(onError: (error: Error) => void, Reply: new (...given: never[]) => Error) {
  const breaker = circuitBreaker(
    handleWhen((error) => !(error instanceof Reply)),
    { halfOpenAfter: REST_MS, breaker: new ConsecutiveBreaker(TRIP_AFTER) },
  );
  const policies = new Map(
    [PATIENCE_MS, DROP_MS].map((ms) => [ms, wrap(breaker, timeout(ms, TimeoutStrategy.Aggressive))]),
  );
  return <T>(work: () => Promise<T>, ms: number): Promise<T | undefined> =>
    policies
      .get(ms)!
      .execute(work)
      .catch((error: Error) => {
        if (!(error instanceof BrokenCircuitError)) onError(error); // told three times already
        return undefined;
      });
}
