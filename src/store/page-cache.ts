import { LRUCache } from 'lru-cache';

export interface Page {
  readonly body: Buffer;
  readonly etag: string;
}

/** Public pages only: losing it loses speed. Redis where several hubs share it, memory otherwise (architecture.md §2, 6). */
export interface PageCache {
  get(key: string): Promise<Page | undefined> | Page | undefined;
  /** @param ms how long to keep a page that has lived already */
  put(key: string, page: Page, ms?: number): void;
  /** How often pages were dropped here: one made of rows read before a drop is not to be kept after it. */
  readonly drops: number;
  /** Forgets every page whose key starts so. */
  drop(prefix: string): Promise<void>;
  close(): Promise<void>;
}

const MEGABYTES = 64;
/** How long a page is one. */
export const PAGE_SECONDS = 60;

export function memoryPages(): PageCache {
  const pages = new LRUCache<string, Page>({
    maxSize: MEGABYTES * 1024 * 1024,
    sizeCalculation: ({ body }, key) => body.length + 2 * key.length + 200,
    ttl: PAGE_SECONDS * 1000,
    ttlResolution: 1000, // the clock is read once a second, not for every page
  });
  let drops = 0;
  return {
    get: (key) => pages.get(key),
    put: (key, page, ms) => void pages.set(key, page, ms === undefined ? undefined : { ttl: ms }),
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
