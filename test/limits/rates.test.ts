import { openStage, type Stage } from '../server/support/stage';
import { describeWithRedis, startRedis, type TestRedis } from '../support/redis';
import { ran, tree } from './support/tree';
import { NOTHING, refusalIn, refusedBy, watchHub } from './support/watch';

const [CLIENT, STRANGER, PUBLIC, STREAMS] = [5, 4, 6, 2];
/** A window that no test outlasts. */
const SETTINGS = {
  ...{ LIMIT_WINDOW_SECONDS: '3600', LIMIT_CLIENT_REQUESTS: `${CLIENT}`, LIMIT_STRANGER_REQUESTS: `${STRANGER}` },
  ...{ LIMIT_PUBLIC_REQUESTS: `${PUBLIC}`, LIMIT_STREAMS: `${STREAMS}`, TRUSTED_PROXIES: '127.0.0.0/8' },
};

const open = (more: Record<string, string> = {}): Promise<Stage> =>
  openStage({ subgraphs: [tree], settings: { ...SETTINGS, ...more } });

async function askAs(
  { url, issuer }: Stage,
  sub: string,
  query = '{ tree { id } }',
  more: Record<string, string> = {},
) {
  const authorization = `Bearer ${await issuer.mint({ sub })}`;
  const headers = { 'content-type': 'application/json', authorization, ...more };
  return fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
}

/** Statuses of so many questions, one after the other. */
async function statuses(count: number, ask: () => Promise<Response>): Promise<number[]> {
  const seen: number[] = [];
  for (let time = 0; time < count; time++) seen.push((await ask()).status);
  return seen;
}

const times = (count: number, status: number): number[] => Array<number>(count).fill(status);
const from = (address: string) => ({ 'x-forwarded-for': address });

describe('a client with too many requests', () => {
  let stage: Stage;
  let deeds: ReturnType<typeof watchHub>;
  beforeAll(async () => {
    stage = await open();
    deeds = watchHub(stage.hub);
  });
  afterAll(() => stage.close());

  it('is refused with 429 and Retry-After, and nothing of it runs; another one is not', async () => {
    expect(await statuses(CLIENT, () => askAs(stage, 'busy'))).toEqual(times(CLIENT, 200));
    deeds.since();
    const { retryAfter, ...refusal } = await refusalIn(await askAs(stage, 'busy'));
    expect([refusal, deeds.since()]).toEqual([{ status: 429, code: 'TOO_MANY_REQUESTS' }, NOTHING]);
    expect(Number(retryAfter)).toBeGreaterThan(0);
    expect(Number(retryAfter)).toBeLessThanOrEqual(3600);
    expect((await askAs(stage, 'quiet')).status).toBe(200);
    expect((await refusedBy(stage.url)).LIMIT_CLIENT_REQUESTS).toBe(1);
  });

  it('is kept waiting for its refusal, and nobody else is: a flood comes no faster than it is refused', async () => {
    const slow = await open({ LIMIT_REFUSAL_MS: '10000' });
    expect(await statuses(CLIENT, () => askAs(slow, 'busy'))).toEqual(times(CLIENT, 200));
    const over = askAs(slow, 'busy').catch(() => 'cut off when the hub stops');
    expect(await statuses(CLIENT, () => askAs(slow, 'quiet'))).toEqual(times(CLIENT, 200));
    expect(await Promise.race([over, 'waits'])).toBe('waits');
    await slow.close();
    await over;
  });

  it('is one client by whatever token and from wherever it asks', async () => {
    const ask = (at: number) => askAs(stage, 'mover', undefined, from(`203.0.113.${at}`));
    for (let at = 0; at < CLIENT; at++) expect((await ask(at)).status).toBe(200);
    expect((await ask(99)).status).toBe(429);
  });

  it('whose requests are refused for what they ask is counted for more', async () => {
    expect(await statuses(CLIENT + 1, () => askAs(stage, 'wrong', '{ nothing }'))).toEqual([
      400,
      ...times(CLIENT, 429),
    ]);
  });

  it('that sends large bodies is counted for each part of them', async () => {
    const long = `{ tree { id } } #${'x'.repeat(3 * 16_384)}`; // four, of five
    expect(await statuses(2, () => askAs(stage, 'heavy', long))).toEqual([200, 429]);
  });

  it('without a token that is believed is its address, whatever it tries; its neighbour is not', async () => {
    const badly = (address: string) => () =>
      fetch(`${stage.url}/graphql`, { method: 'POST', headers: { ...from(address), authorization: 'Bearer a.b.c' } });
    expect(await statuses(STRANGER + 2, badly('198.51.100.1'))).toEqual([...times(STRANGER, 401), 429, 429]);
    expect((await badly('198.51.100.2')()).status).toBe(401);
    expect((await askAs(stage, 'beside', undefined, from('198.51.100.1'))).status).toBe(200);
  });

  it('that asks for tokens is its address too, of IPv6 its /64, and cannot write itself another', async () => {
    const ask = (forwarded: string) =>
      fetch(`${stage.url}/oauth/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...from(forwarded) },
        body: 'grant_type=client_credentials',
      });
    for (let at = 0; at < STRANGER; at++) expect((await ask(`1.1.1.${at}, 2001:db8::${at}`)).status).toBe(400);
    const refused = await ask('9.9.9.9, 2001:db8:0:0:ffff::1');
    expect(await refusalIn(refused)).toMatchObject({ status: 429, retryAfter: expect.any(String) });
    expect((await ask('2001:db8:0:1::1')).status).toBe(400);
  });

  it('at the public door is its address; pages in memory are sent all the same', async () => {
    const { documents } = (await (await fetch(`${stage.url}/public/documents`)).json()) as {
      documents: { id: string }[];
    };
    const page = (region: string, address = '192.0.2.1', method = 'GET') => {
      const variables = encodeURIComponent(JSON.stringify({ region }));
      const path = `/public/graphql?documentId=${documents[0]!.id}&variables=${variables}`;
      return fetch(stage.url + path, { method, headers: from(address) });
    };
    expect((await page('150402')).status).toBe(200);
    expect(await statuses(50, () => page('150402'))).toEqual(times(50, 200));
    expect(await statuses(PUBLIC - 2, () => page('999999'))).toEqual(times(PUBLIC - 2, 400));
    expect((await page('1504')).status).toBe(200);
    deeds.since();
    expect(await refusalIn(await page('15'))).toMatchObject({ status: 429, code: 'TOO_MANY_REQUESTS' });
    expect((await page('15', '192.0.2.1', 'HEAD')).status).toBe(429);
    expect(deeds.since()).toEqual(NOTHING);
    expect([(await page('150402')).status, (await page('15', '192.0.2.2')).status]).toEqual([200, 200]);
  });
});

describe('a client with too many open subscriptions', () => {
  let stage: Stage;
  beforeAll(async () => void (stage = await open({ LIMIT_CLIENT_REQUESTS: '1000000' })));
  afterAll(() => stage.close());

  it('is refused before the next begins; one that it leaves makes room', async () => {
    const subscribe = async (sub: string) => {
      const leaving = new AbortController();
      const authorization = `Bearer ${await stage.issuer.mint({ sub })}`;
      const response = await fetch(`${stage.url}/graphql`, {
        ...{ method: 'POST', body: '{"query":"subscription { silence }"}', signal: leaving.signal },
        headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization },
      });
      return { response, leave: () => leaving.abort() };
    };
    const streams = await Promise.all(Array.from({ length: STREAMS }, () => subscribe('watcher')));
    expect(streams.map(({ response }) => response.status)).toEqual(times(STREAMS, 200));
    ran.times = 0;
    const { response } = await subscribe('watcher');
    expect(await refusalIn(response)).toMatchObject({ status: 429, code: 'TOO_MANY_REQUESTS', retryAfter: '5' });
    expect(ran.times).toBe(0);
    const other = await subscribe('other');
    expect(other.response.status).toBe(200);
    streams[0]!.leave();
    let again = await subscribe('watcher');
    while (again.response.status === 429) again = await subscribe('watcher'); // the hub hears of it a moment later
    expect(again.response.status).toBe(200);
    for (const { leave } of [...streams, other, again]) leave();
  });
});

describeWithRedis('with Redis', () => {
  let redis: TestRedis;
  let stages: [Stage, Stage];
  beforeAll(async () => {
    redis = await startRedis();
    const shared = () => open({ REDIS_URL: redis.url });
    stages = await Promise.all([shared(), shared()]);
  });
  afterAll(async () => {
    await Promise.all(stages.map((stage) => stage.close()));
    await redis.stop();
  });

  it('requests are counted by all processes together', async () => {
    const [one, other] = stages;
    expect(await statuses(CLIENT - 1, () => askAs(one, 'roamer'))).toEqual(times(CLIENT - 1, 200));
    expect(await statuses(2, () => askAs(other, 'roamer'))).toEqual([200, 429]);
    expect((await refusalIn(await askAs(one, 'roamer'))).status).toBe(429);
  });

  it('that dies, requests go on and are counted in memory', async () => {
    const [one, other] = stages;
    expect(await statuses(2, () => askAs(one, 'loyal'))).toEqual([200, 200]);
    await redis.stop();
    for (const stage of [one, other]) {
      const seen = await statuses(CLIENT + 1, () => askAs(stage, 'loyal'));
      expect(seen).toEqual([...times(CLIENT, 200), 429]);
    }
  });
});
