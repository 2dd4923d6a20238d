import { publishFeeds } from '../../src/jobs/publish-feeds';
import { addHousehold } from './support/people';
import { openStage, type Stage } from './support/stage';
import { converse, headerIn, type Answer } from './support/wire';

const REGION = '150402';
const QUESTION = encodeURIComponent(JSON.stringify({ region: REGION }));
const KEY = `registered-objects?${JSON.stringify({ region: REGION })}`;
const TARGET = `/public/graphql?documentId=registered-objects&variables=${QUESTION}`;

let stage: Stage;
let etag: string;
let body: string;
beforeAll(async () => {
  stage = await openStage();
  await addHousehold(stage.base, stage.hub.seal, REGION);
  await publishFeeds.run({}, stage.hub, new AbortController().signal);
  const page = await fetch(stage.url + TARGET);
  etag = page.headers.get('etag')!;
  body = Buffer.from(await page.arrayBuffer()).toString('latin1');
});
afterAll(() => stage.close());

const request = (lines: readonly string[] = [], { method = 'GET', version = '1.1', sent = '' } = {}) =>
  `${method} ${TARGET} HTTP/${version}\r\n${['Host: hub', ...lines].join('\r\n')}\r\n\r\n${sent}`;
const CLOSE = 'Connection: close';
const ask = async (...lines: string[]): Promise<Answer> => {
  const [answer] = await converse(stage.url, request([...lines, CLOSE]));
  return answer!;
};

describe('a kept page on the wire', () => {
  it.each<[string, number, () => string[], () => string[], () => string]>([
    ['whole', 200, () => [], () => [`content-length: ${body.length}`], () => body],
    ['held already', 304, () => [`If-None-Match: ${etag}`], () => [], () => ''],
  ])('%s: has this head on a connection that stays open', async (_, status, lines, length, expected) => {
    const [answer] = await converse(stage.url, request([...lines(), 'X-Request-Id: r-1']) + request([CLOSE]));
    expect(answer).toEqual({
      status,
      lines: [
        'content-type: application/json; charset=utf-8',
        'cache-control: public, max-age=60, s-maxage=60, stale-while-revalidate=30',
        'vary: accept-encoding',
        'x-content-type-options: nosniff',
        'x-robots-tag: noindex',
        'access-control-allow-origin: *',
        `etag: ${etag}`,
        ...length(),
        'x-request-id: r-1',
        expect.stringMatching(/^Date: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/),
        'Connection: keep-alive',
        'Keep-Alive: timeout=5',
      ],
      body: expected(),
    });
    expect(Math.abs(Date.parse(headerIn(answer!.lines, 'date')!) - Date.now())).toBeLessThan(60_000);
  });

  it('says the same where Node writes the head, to those who close and to HTTP/1.0', async () => {
    const [open, closed] = await converse(
      stage.url,
      request(['X-Request-Id: r-1']) + request(['X-Request-Id: r-1', CLOSE]),
    );
    const [old, none] = await converse(stage.url, request(['X-Request-Id: r-1'], { version: '1.0' }));
    const own = ({ lines }: Answer) => lines.filter((line) => !/^(connection|keep-alive|date): /i.test(line)).sort();
    expect([own(closed!), own(old!), none]).toEqual([own(open!), own(open!), undefined]);
    expect([closed!.body, old!.body]).toEqual([body, body]);
    expect([closed, old].map((answer) => headerIn(answer!.lines, 'connection'))).toEqual(['close', 'close']);
  });

  it.each<[given: (tag: string) => string, status: number]>([
    [(tag) => tag, 304],
    [() => '*', 304],
    [(tag) => `W/${tag}`, 304],
    [(tag) => `"a", ${tag}`, 304],
    [(tag) => `"a,b" ,W/${tag},"c"`, 304],
    [() => '"a"', 200],
    [() => 'W/"a", "*"', 200],
    [(tag) => tag.slice(1, -1), 200],
    [(tag) => `"x${tag.slice(1)}`, 200],
    [(tag) => `${tag}x`, 200],
    [() => '', 200],
  ])('compares If-None-Match as a list of tags, weakly: %s → %i', async (given, status) => {
    expect((await ask(`If-None-Match: ${given(etag)}`)).status).toBe(status);
    const head = await converse(stage.url, request([`If-None-Match: ${given(etag)}`, CLOSE], { method: 'HEAD' }));
    expect(head[0]!.status).toBe(status);
  });

  it('reads a list of tags in several lines as one list', async () => {
    expect((await ask('If-None-Match: "a"', `if-none-match: ${etag}`)).status).toBe(304);
    expect((await ask('If-None-Match: "a"', 'If-None-Match: "b"')).status).toBe(200);
  });

  it.each([
    ['plain', ['a.b-c_1'], 'a.b-c_1'],
    ['with blanks', ['a b'], undefined],
    ['too long', ['a'.repeat(65)], undefined],
    ['like a citizen number', ['150402198605121127'], undefined],
    ['given twice', ['a', 'b'], undefined],
    ['none', [], undefined],
  ])('carries the caller’s request id or one of its own: %s', async (_, given, expected) => {
    const told = headerIn((await ask(...given.map((id) => `X-Request-ID: ${id}`))).lines, 'x-request-id')!;
    expect(told).toEqual(expected ?? expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/));
    expect(told).not.toBe(headerIn((await ask()).lines, 'x-request-id'));
  });

  it('has to HEAD its head and no body', async () => {
    const [head] = await converse(stage.url, request([CLOSE], { method: 'HEAD' }));
    expect([head!.status, headerIn(head!.lines, 'etag'), headerIn(head!.lines, 'content-length')]).toEqual([
      200,
      etag,
      String(body.length),
    ]);
    expect(head!.body).toBe('');
  });

  it('answers requests sent in one piece in their order, and takes no body of a GET for a request', async () => {
    const smuggled = request(['X-Request-Id: smuggled']);
    const answers = await converse(
      stage.url,
      request(['X-Request-Id: r1', `Content-Length: ${smuggled.length}`], { sent: smuggled }) +
        request(['X-Request-Id: r2', `If-None-Match: ${etag}`]) +
        request(['X-Request-Id: r3', CLOSE]),
    );
    expect(answers.map(({ status, lines }) => [headerIn(lines, 'x-request-id'), status])).toEqual([
      ['r1', 200],
      ['r2', 304],
      ['r3', 200],
    ]);
    expect(answers.map((answer) => answer.body)).toEqual([body, '', body]);
  });

  it('refuses a head without end or with two lengths, as everywhere', async () => {
    const [long] = await converse(stage.url, request([`X-Filler: ${'x'.repeat(20_000)}`]));
    const [two] = await converse(stage.url, request(['Content-Length: 1', 'Transfer-Encoding: chunked']));
    expect([long!.status, two!.status]).toEqual([431, 400]);
  });

  it('reaches a reader that waits in full, and nobody waits for it', async () => {
    const COUNT = 500;
    const others = Promise.all(Array.from({ length: 20 }, () => ask()));
    const all = await converse(stage.url, request().repeat(COUNT - 1) + request([CLOSE]), others);
    expect((await others).every((answer) => answer.body === body)).toBe(true);
    expect(all).toHaveLength(COUNT);
    expect(all.every((answer) => answer.status === 200 && answer.body === body)).toBe(true);
  });
});

describe('a page made meanwhile', () => {
  it('of rows read before a publication is not kept after it', async () => {
    const [{ pages }, { owner }] = [stage.hub, stage.base];
    await pages.drop('registered-objects');
    await owner.query('begin; lock table published_registered_object in access exclusive mode');
    const early = fetch(stage.url + TARGET);
    await waiting();
    await pages.drop('registered-objects');
    await owner.query('commit');
    expect((await early).status).toBe(200);
    expect(pages.get(KEY)).toBeUndefined();
    await fetch(stage.url + TARGET);
    expect(pages.get(KEY)).toBeDefined();
  });

  /** Until somebody waits for the table. */
  async function waiting(): Promise<void> {
    const { rows } = await stage.base.owner.query(`select 1 from pg_locks where not granted
      and relation = 'published_registered_object'::regclass and database = (select oid from pg_database where datname = current_database())`);
    if (rows.length === 0) await waiting();
  }
});
