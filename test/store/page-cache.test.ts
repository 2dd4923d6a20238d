import { soleKey } from '../../src/access/keyring';
import { memoryPages, type Page, type PageCache } from '../../src/store/page-cache';
import { redisPages } from '../../src/store/redis-pages';
import { describeWithRedis, startRedis, type TestRedis } from '../support/redis';

const page = (text: string): Page => ({ etag: `"${text}"`, body: Buffer.from(`第一页\n${text}`) });
const keys = soleKey(Buffer.alloc(32, 7));
const pagesAt = (url: string, onError: (error: Error) => void) => redisPages({ url, keys, onError });
const open: PageCache[] = [];
const closeAll = async () => {
  for (const pages of open.splice(0)) await pages.close();
};
afterEach(closeAll);

function kept(pages: PageCache): PageCache {
  open.push(pages);
  return pages;
}

/** Asks until the page has arrived: putting does not wait. */
async function arrival(pages: PageCache, key: string): Promise<Page | undefined> {
  const found = await pages.get(key);
  await new Promise(setImmediate);
  return found ?? arrival(pages, key);
}

describe('pages in memory', () => {
  it('are found until their prefix is dropped', async () => {
    const pages = kept(memoryPages());
    pages.put('feed:15:a', page('a'));
    pages.put('feed:45:b', page('b'));
    await pages.drop('feed:15:');
    expect([await pages.get('feed:15:a'), await pages.get('feed:45:b')]).toEqual([undefined, page('b')]);
  });

  it('take no more room than 64 MB, keys and all', async () => {
    const pages = kept(memoryPages());
    const key = (index: number) => `${index}`.padEnd(1_000_000, 'k');
    for (let index = 0; index < 100; index++) pages.put(key(index), page('a'));
    expect([pages.get(key(0)), pages.get(key(99))]).toEqual([undefined, page('a')]);
  });
});

describeWithRedis('pages in Redis', () => {
  let redis: TestRedis;
  beforeEach(async () => void (redis = await startRedis()));
  afterEach(async () => {
    await closeAll();
    await redis.stop();
  });

  it('are shared between processes, byte for byte, and dropped by prefix', async () => {
    const [one, other] = [kept(await pagesAt(redis.url, fail)), kept(await pagesAt(redis.url, fail))];
    one.put('feed:15:a', page('a'));
    one.put('feed:45:b', page('b'));
    expect(await arrival(other, 'feed:15:a')).toEqual(page('a'));
    await one.drop('feed:15:');
    const third = kept(await pagesAt(redis.url, fail));
    expect(await third.get('feed:15:a')).toBeUndefined();
    expect(await arrival(third, 'feed:45:b')).toEqual(page('b'));
  });

  it('are at hand at once where this process had them before', async () => {
    const [pages, other] = [kept(await pagesAt(redis.url, fail)), kept(await pagesAt(redis.url, fail))];
    pages.put('feed:15:a', page('a'));
    expect(pages.get('feed:15:a')).toEqual(page('a'));
    await arrival(other, 'feed:15:a');
    expect(other.get('feed:15:a')).toEqual(page('a'));
  });

  it('are only slower to come by when Redis goes away', async () => {
    const troubles: Error[] = [];
    const pages = kept(await pagesAt(redis.url, (error) => troubles.push(error)));
    pages.put('feed:15:a', page('a'));
    await redis.stop();
    expect(await pages.get('feed:15:a')).toEqual(page('a'));
    expect(await pages.get('feed:15:other')).toBeUndefined();
    await pages.drop('feed:15:');
    expect(await pages.get('feed:15:a')).toBeUndefined();
    expect(troubles.length).toBeGreaterThan(0);
  });
});

describe('a Redis that is not there', () => {
  it('does not keep the hub from starting', async () => {
    const troubles: Error[] = [];
    const pages = kept(await pagesAt('redis://127.0.0.1:1', (error) => troubles.push(error)));
    pages.put('key', page('a'));
    expect(await pages.get('key')).toEqual(page('a'));
    expect(troubles.length).toBeGreaterThan(0);
  });
});

function fail(error: Error): void {
  throw error;
}
