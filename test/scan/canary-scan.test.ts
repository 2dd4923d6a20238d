import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createClient } from 'redis';
import { testDatabase } from '../support/database';
import { testFolder } from '../support/folder';
import { runProgram } from '../support/program';
import { describeWithRedis, startRedis } from '../support/redis';
import { keep, keepFiles, keptLog } from '../support/scan/keep';
import { VARIABLE } from '../support/scan/record.cjs';
import { closeScan } from '../support/scan/run';
import { numbersIn, piecesOf, reportOf, searchFolder, type Leak } from '../support/scan/search';

/** Sound by GB 11643; of nobody. */
const CANARY = '110105194912310425';
const OTHER = '440524188001010014';

const room = testFolder();
const hidden = join(room, 'pg'); // folders of a server's own files are not kept
mkdirSync(hidden);
const ofTheRun = process.env[VARIABLE];
afterEach(() => void (process.env[VARIABLE] = ofTheRun));

/** What a search finds of a plant that all the means of the suite have kept. */
async function found(plant: () => unknown): Promise<readonly Leak[]> {
  const folder = mkdtempSync(join(hidden, 'kept-'));
  process.env[VARIABLE] = folder;
  keep('known', 'people', `${CANARY} ${OTHER}`);
  await plant();
  process.env[VARIABLE] = ofTheRun;
  return searchFolder(folder).leaks;
}

/** Something that answers as a hub does, asked once. */
async function answers(respond: (response: ServerResponse) => void, headers: Record<string, string> = {}) {
  const server = createServer((_request, response) => {
    response.setHeader('x-request-id', 'r');
    respond(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await (await fetch(`http://127.0.0.1:${port}/graphql?x=1`, { headers })).text();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const says = (body: object) => (response: ServerResponse) => void response.end(JSON.stringify(body));
const PURPOSE = { 'x-purpose': 'token' };
const member = (idNumber: string) => ({ data: { household: { members: [{ person: { idNumber } }] } } });

describe('the search for citizen numbers', () => {
  const cursor = Buffer.from(JSON.stringify({ after: CANARY })).toString('base64url');
  const PLANTS: [string, Leak['kind'], () => unknown][] = [
    ['a response', 'response', () => answers(says(member(CANARY)))],
    [
      'a part of a stream',
      'response',
      () => answers((to) => [...CANARY].forEach((digit) => to.write(digit)) ?? to.end()),
    ],
    ['an error, under a purpose', 'response', () => answers(says({ errors: [{ message: CANARY }] }), PURPOSE)],
    ['another field, under a purpose', 'response', () => answers(says({ data: { name: CANARY } }), PURPOSE)],
    ['a cursor', 'response', () => answers(says({ data: { endCursor: cursor } }), PURPOSE)],
    ['a paper', 'response', () => answers(says({ html: `<td><bdi>${CANARY}</bdi></td>` }))],
    [
      'the middle of a paper, under a purpose',
      'response',
      () => answers(says({ html: `<td><bdi>甲${CANARY}</bdi></td>` }), PURPOSE),
    ],
    ['a metric', 'response', () => answers((to) => to.end(`anju_x{person="${CANARY}"} 1`))],
    ['a header', 'header', () => answers((to) => to.setHeader('etag', `"${CANARY}"`).end())],
    ['a line of the log', 'log', () => keptLog('test').info({ note: CANARY }, 'hello')],
    ['a file', 'file', () => keepFiles(withFile(CANARY))],
    ['what a program says', 'said', () => runProgram('node', ['-e', `console.log("${CANARY}")`], {}).ended],
    ['a program’s response', 'response', () => runProgram('node', ['-e', PROGRAM], {}).ended],
  ];

  it.each(PLANTS)('finds one in %s', async (_where, kind, plant) => {
    const leaks = await found(plant);
    expect(leaks.map((leak) => leak.kind)).toContain(kind);
    expect(new Set(leaks.map(({ what }) => what))).toEqual(new Set([CANARY]));
  });

  it('finds one in a table, and in the payload of a job that is done', async () => {
    const leaks = await found(async () => {
      const { owner, close } = await testDatabase();
      await owner.query(`insert into partner values ($1, $2, $2, '[]', now())`, ['p', CANARY]);
      await owner.query(`select graphile_worker.add_job('nothing', json_build_object('person', $1::text))`, [OTHER]);
      await owner.query('delete from graphile_worker._private_jobs');
      await close();
    });
    const [inTable, inJob] = ['table', 'job'].map((kind) => leaks.filter((leak) => leak.kind === kind));
    expect(inTable!.map(({ place, what }) => [place, what])).toContainEqual(['public.partner', CANARY]);
    expect(inJob!.map(({ what }) => what)).toEqual([OTHER]);
  });

  it('finds nothing where nothing is planted, nor a covered person’s number under a purpose', async () => {
    expect(
      await found(async () => {
        const masked = says(member(`${CANARY.slice(0, 6)}***********5`));
        await answers(masked);
        const port = await answers(says(member(CANARY)), PURPOSE);
        keep('covered', 'people', CANARY, port);
      }),
    ).toEqual([]);
  });

  it('finds a number that a purpose was shown though no letter covers the person', async () => {
    const leaks = await found(async () => {
      const port = await answers(says(member(OTHER)), PURPOSE);
      keep('covered', 'people', CANARY, port);
    });
    expect(leaks.map(({ what }) => what)).toEqual([OTHER]);
  });

  it('fails the run, and names the place but not the number', () => {
    process.env[VARIABLE] = mkdtempSync(join(hidden, 'kept-'));
    keep('log', 'a hub', `person ${CANARY}`);
    expect(closeScan).toThrow(/log: a hub: 110105…/);
    expect(reportOf({ leaks: [{ kind: 'log', place: 'p', what: CANARY }], counts: {} })).not.toContain(CANARY);
  });
});

describeWithRedis('the search for citizen numbers in Redis', () => {
  it('finds one in a value that was set and is gone', async () => {
    const leaks = await found(async () => {
      const redis = await startRedis();
      const client = await createClient({ url: redis.url }).connect();
      await client.set('page', `{"idNumber":"${CANARY}"}`);
      await client.del('page');
      await client.close();
      await redis.stop();
    });
    expect(leaks.map(({ kind, what }) => [kind, what])).toEqual([['redis', CANARY]]);
  });
});

describe('a text', () => {
  const pieces = piecesOf([CANARY]);

  it.each([
    ['the number', CANARY],
    ['the number within letters', `x${CANARY}y`],
    ['another sound number, of nobody known', '440524188001010014'],
    ['another one, with x', '11010520010101003x'],
    ['all but its last six digits', CANARY.slice(0, 12)],
    ['all but its first six digits', CANARY.slice(6)],
    ['its form of fifteen digits', '110105491231042'],
    ['full-width digits', '１１０１０５１９４９１２３１０４２５'],
    ['hex', Buffer.from(CANARY).toString('hex')],
    ['base64', Buffer.from(`[{"k":"${CANARY}"}]`).toString('base64')],
    ['a mask of the birth date’s last digits only', '11010519491******5'],
    ['a mask that hides too little', '110105****31042'],
  ])('with %s is found', (_form, text) => expect(numbersIn(`a "${text}" b`, pieces)).toHaveLength(1));

  it.each([
    ['the default mask', '110105***********5'],
    ['the mask by prefecture', '1101**********0425'],
    ['the widest mask', '110105********0425'],
    ['a masked old number', '110105********2'],
    ['a masked name', '王**'],
    ['a time', '1764380436123'],
    ['a digest', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['a number whose check character is wrong', '440524188001010015'],
    ['a unit of the property register', '110105001001GB00001F00010001'],
  ])('with %s is not', (_form, text) => expect(numbersIn(`a "${text}" b`, pieces)).toEqual([]));
});

const PROGRAM = `require('http').createServer((q, s) => { s.setHeader('x-request-id', 'r'); s.end('${CANARY}'); })
  .listen(0, '127.0.0.1', function () { fetch('http://127.0.0.1:' + this.address().port).then((r) => r.text()).then(() => process.exit()); })`;

function withFile(text: string): string {
  const folder = join(hidden, 'data');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'heads'), text);
  return folder;
}
