import { LRUCache } from 'lru-cache';
import { connectRedis } from './redis';

export interface Page {
  readonly body: Buffer;
  readonly etag: string;
}

/** Public pages only: losing it loses speed. Redis where several hubs share it, memory otherwise (architecture.md §2, 6). */
export interface PageCache {
  get(key: string): Promise<Page | undefined> | Page | undefined;
  put(key: string, page: Page): void;
  /** How often pages were dropped here: one made of rows read before a drop is not to be kept after it. */
  readonly drops: number;
  /** Forgets every page whose key starts so. */
  drop(prefix: string): Promise<void>;
  close(): Promise<void>;
}

const MEGABYTES = 64;
const SECONDS = 60;

export function memoryPages(): PageCache {
  const pages = new LRUCache<string, Page>({
    maxSize: MEGABYTES * 1024 * 1024,
    sizeCalculation: ({ body }, key) => body.length + 2 * key.length + 200,
    ttl: SECONDS * 1000,
    ttlResolution: 1000, // the clock is read once a second, not for every page
  });
  let drops = 0;
  return {
    get: (key) => pages.get(key),
    put: (key, page) => void pages.set(key, page),
    get drops() {
      return drops;
    },
    drop: async (prefix) => {
      drops++;
      for (const key of pages.keys()) if (key.startsWith(prefix)) pages.delete(key);
    },
    close: async () => pages.clear(),
  };
}

const NAMESPACE = 'anju:page:';

/** Pages in Redis, with a short memory before it. A Redis that is gone or slow answers "not here". */
export async function redisPages(url: string, onError: (error: Error) => void): Promise<PageCache> {
  const near = memoryPages();
  const client = await connectRedis(url, onError);
  const quietly = <T>(work: Promise<T>): Promise<T | undefined> =>
    work.catch((error: Error) => (onError(error), undefined));
  const dropShared = async (prefix: string) => {
    for await (const keys of client.scanIterator({ MATCH: `${NAMESPACE}${prefix}*` })) await client.del(keys);
  };
  const getShared = async (key: string): Promise<Page | undefined> => {
    const { drops } = near;
    const kept = await quietly(client.get(NAMESPACE + key));
    const page = kept ? parsePage(kept) : undefined;
    if (page && near.drops === drops) near.put(key, page);
    return page;
  };
  return {
    get: (key) => near.get(key) ?? getShared(key),
    get drops() {
      return near.drops;
    },
    put(key, page) {
      near.put(key, page);
      void quietly(
        client.set(NAMESPACE + key, `${page.etag}\n${page.body.toString('utf8')}`, {
          expiration: { type: 'EX', value: SECONDS },
        }),
      );
    },
    async drop(prefix) {
      await near.drop(prefix);
      await quietly(dropShared(prefix));
    },
    async close() {
      await near.close();
      client.destroy();
    },
  };
}

/** Undefined for what is no page of ours: the tag goes into a header as it is. */
function parsePage(kept: string): Page | undefined {
  const cut = kept.indexOf('\n');
  const etag = kept.slice(0, Math.max(cut, 0));
  return /^"[\w-]+"$/.test(etag) ? { etag, body: Buffer.from(kept.slice(cut + 1)) } : undefined;
}
