import { createHash } from 'node:crypto';
import { createClient } from 'redis';
import { soleKey } from '../../src/access/keyring';
import { publishFeeds } from '../../src/jobs/publish-feeds';
import { redisPages } from '../../src/store/redis-pages';
import { addHousehold } from '../server/support/people';
import { UNCOUNTED, openStage, type Stage } from '../server/support/stage';
import { stallingProxy, type StallingProxy } from '../support/stalling-proxy';
import { describeWithRedis, startRedis, type TestRedis } from '../support/redis';

const connectTo = (url: string) => createClient({ url });
type Redis = ReturnType<typeof connectTo>;

const COUNTY = '150402';
const DOCUMENT = 'registered-objects';
interface Asked {
  readonly region: string;
  readonly first: number;
}
const KEPT = 'anju:page:';
const keyOf = ({ region, first }: Asked): string => `${DOCUMENT}?${JSON.stringify({ first, region })}`;
const etagOf = (body: string): string => `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;

/* Whatever becomes of Redis, the public reads what the database says. */
describeWithRedis('a public page over a Redis', () => {
  let redis: TestRedis;
  let proxy: StallingProxy;
  let stage: Stage;
  let planted = 0;
  let sizes = 10; // a page of a size nobody has asked for is in no memory yet
  beforeAll(async () => {
    redis = await startRedis();
    proxy = await stallingProxy(redis.port);
    stage = await openStage({ settings: { ...UNCOUNTED, REDIS_URL: `redis://127.0.0.1:${proxy.port}` } });
    await another();
    await another();
  });
  afterAll(async () => {
    await stage.close();
    await proxy.close();
    await redis.stop();
  });

  /** Publishes the county with one applicant more. */
  async function another(): Promise<void> {
    await addHousehold(stage.base, stage.hub.seal, COUNTY);
    planted++;
    await publishFeeds.run({}, stage.hub, new AbortController().signal);
  }
  const fresh = () => ({ region: COUNTY, first: sizes++ });
  async function read(variables: Asked): Promise<{ rows: number; etagFits: boolean; text: string }> {
    const query = `documentId=${DOCUMENT}&variables=${encodeURIComponent(JSON.stringify(variables))}`;
    const response = await fetch(`${stage.url}/public/graphql?${query}`);
    const text = await response.text();
    expect(response.status).toBe(200);
    const { data } = JSON.parse(text) as { data: { registeredObjects: { nodes: { applicantName: string }[] } } };
    const { nodes } = data.registeredObjects;
    expect(nodes.every(({ applicantName }) => applicantName === '萨仁花')).toBe(true);
    return { rows: nodes.length, etagFits: response.headers.get('etag') === etagOf(text), text };
  }
  const right = () => ({ rows: planted, etagFits: true });
  const stillLimited = async () => {
    expect((await fetch(`${stage.url}/readyz`)).status).toBe(200); // it is only slower
    const first = await fetch(
      `${stage.url}/public/graphql?documentId=${DOCUMENT}&variables=${encodeURIComponent(JSON.stringify({ region: COUNTY, first: 5000 }))}`,
    );
    expect([first.status, await first.text()]).toEqual([400, expect.stringContaining('PAGE_TOO_LARGE')]);
  };
  async function inRedis<T>(work: (client: Redis) => Promise<T>): Promise<T> {
    const client = connectTo(redis.url);
    await client.connect();
    return work(client).finally(() => client.destroy());
  }

  const FORGED = JSON.stringify({ data: { registeredObjects: { nodes: [{ applicantName: '别人' }] } } });
  const POISONS: Readonly<Record<string, (client: Redis, key: string) => Promise<unknown>>> = {
    'a list where a text should be': (client, key) => client.rPush(key, 'x'),
    'a hash': (client, key) => client.hSet(key, 'x', 'y'),
    'somebody’s text': (client, key) => client.set(key, 'no page'),
    'no text at all': (client, key) => client.set(key, ''),
    'bytes that are no UTF-8': (client, key) => client.set(key, Buffer.from([0xff, 0xfe, 0x0a, 0x80])),
    'a page made up, with a tag that fits it': (client, key) => client.set(key, `${etagOf(FORGED)}\n${FORGED}`),
    'the page of another question': async (client, key) => {
      const other = fresh();
      await read({ ...other, region: '150404' });
      const page = await kept(client, { ...other, region: '150404' });
      return client.set(key, page);
    },
    'our page with one row changed': async (client, key) => {
      const other = fresh();
      await read(other);
      return client.set(key, (await kept(client, other)).replaceAll('萨仁花', '别人'));
    },
  };
  /** Putting does not wait: asked until it is there. */
  async function kept(client: Redis, variables: Asked, n = 0): Promise<string> {
    const found = await client.get(KEPT + keyOf(variables));
    if (n > 10_000) throw new Error(`${keyOf(variables)} is not in ${String(await client.keys('*'))}`);
    return found ?? kept(client, variables, n + 1);
  }

  /** A Redis that failed is left alone for a while: until a page gets there. */
  const usedAgain = () =>
    inRedis(async (client) => {
      while (!(await client.exists(`${KEPT}back`))) {
        stage.hub.pages.put('back', { body: Buffer.from('{}'), etag: '"back"' });
        await new Promise(setImmediate);
      }
    });

  it('is the one in Redis where a hub of the same keys left it there, also beside keys of others', async () => {
    await inRedis((client) => client.mSet(Object.fromEntries([...Array(50).keys()].map((n) => [`other:${n}`, 'x']))));
    await another(); // drops over many steps that find nothing
    const variables = fresh();
    const body = JSON.stringify({ data: { registeredObjects: { nodes: [] } } });
    const pages = await redisPages({
      ...{ url: redis.url, keys: stage.hub.keys.of('service'), onError: () => undefined },
    });
    pages.put(keyOf(variables), { body: Buffer.from(body), etag: etagOf(body) });
    await inRedis((client) => kept(client, variables));
    await pages.close();
    expect(await read(variables)).toEqual({ rows: 0, etagFits: true, text: body });
  });

  it.each(Object.entries(POISONS))('poisoned by %s is read from the database', async (_what, poison) => {
    const variables = fresh();
    await inRedis((client) => poison(client, KEPT + keyOf(variables)));
    expect(await read(variables)).toMatchObject(right());
    await stillLimited();
  });

  it('is shared by those who hold the hub’s keys, believed by nobody else, and by nobody after its time', async () => {
    const variables = fresh();
    const { text } = await read(variables);
    await inRedis((client) => kept(client, variables));
    const keys = stage.hub.keys.of('service');
    const body = async (plan: Partial<Parameters<typeof redisPages>[0]>) => {
      const pages = await redisPages({ url: redis.url, keys, onError: () => undefined, ...plan });
      const page = await pages.get(keyOf(variables));
      await pages.close();
      return page?.body.toString('utf8');
    };
    expect(await body({})).toBe(text);
    expect(await body({ keys: soleKey(Buffer.alloc(32, 9)) })).toBeUndefined();
    expect(await body({ now: () => Date.now() + 61_000 })).toBeUndefined();
  });

  it('that is flushed is made anew', async () => {
    const variables = fresh();
    await read(variables);
    await inRedis((client) => client.flushAll());
    await another();
    expect(await read(variables)).toMatchObject(right());
  });

  it('that answers nothing is made anew, and what it kept of before the last publication is not shown when it answers again', async () => {
    const former = fresh();
    await read(former);
    const old = await inRedis((client) => kept(client, former));
    proxy.stall();
    expect(await read(fresh())).toMatchObject(right());
    await another();
    await stillLimited();
    proxy.open();
    await usedAgain();
    await inRedis((client) => client.set(KEPT + keyOf(former), old)); // as where the drop never reached it
    expect(await read(former)).toMatchObject(right());
  });

  it('that is killed is made anew, and is used again once it is back', async () => {
    await redis.stop('SIGKILL');
    expect(await read(fresh())).toMatchObject(right());
    await another();
    expect(await read(fresh())).toMatchObject(right());
    await stillLimited();
    redis = await startRedis(redis.port);
    await usedAgain();
  });
});
