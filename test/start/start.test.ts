import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { isAlive, until } from '../../src/store/embedded/alive';
import { holderOf } from '../../src/store/embedded/lock';
import { postmasterOf } from '../../src/store/embedded/postmaster';
import { testFolder } from '../support/folder';
import { buildHub, runHub, runProgram, type Program, type Settings } from '../support/program';

const dataDir = join(testFolder(), '.data');
const settings: Settings = { DATA_DIR: dataDir, PORT: '0', DEMO_HOUSEHOLDS: '40', DEMO_SEED: 'start-test' };
const READY = /Ready in [\d.]+ s/;
const cluster = join(dataDir, 'pg');

const AGENCIES = ['property', 'vehicle', 'civilAffairs', 'providentFund', 'householdRegister'] as const;
type Person = Record<(typeof AGENCIES)[number], { readonly status: string }>;
/** 民政 answers a batch later, unless it is quick. */
const ANSWERED = /^(FOUND|NOT_FOUND|PENDING)$/;

let program: Program | undefined;
beforeAll(buildHub);
afterEach(async () => void (await program?.end('SIGTERM')));

async function started(begin: Program): Promise<string> {
  program = begin;
  await begin.says(READY);
  const [, url] = await begin.says(/GraphQL +(http:\S+)\/graphql/);
  return url!;
}

describe('npm start', () => {
  it('brings up everything on an empty folder, prints a query that works, and leaves nothing running after Ctrl-C', async () => {
    const npm = runProgram('npm', ['start'], settings);
    const url = await started(npm);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const [, query] = await npm.says(/to paste into GraphiQL:\n([\s\S]+?\n})\n/);
    const [, headers] = await npm.says(/as headers for GraphiQL:\n(\{.+\})\n/);
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(JSON.parse(headers!) as Record<string, string>) },
      body: JSON.stringify({ query }),
    });
    const body = (await response.json()) as {
      errors?: unknown;
      data: { household: { members: { person: Person }[] } };
    };
    expect(body.errors).toBeUndefined();
    for (const { person } of body.data.household.members) {
      for (const source of AGENCIES)
        expect([source, person[source].status]).toEqual([source, expect.stringMatching(ANSWERED)]);
    }
    const forms = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(JSON.parse(headers!) as Record<string, string>) },
      body: JSON.stringify({ query: '{ formTemplates(region: "1504") { version documents { kind } } }' }),
    });
    const inForce = (await forms.json()) as { data: { formTemplates: object[] } };
    expect(inForce.data.formTemplates).toEqual([
      { version: 1, documents: ['IDENTITY', 'HUKOU', 'INCOME'].map((kind) => ({ kind })) },
    ]);
    const [, roster] = await npm.says(/(http:\S+documentId=registered-objects[^\s']+)/);
    const published = (await (await fetch(roster!)).json()) as { data: { registeredObjects: { nodes: object[] } } };
    expect(published.data.registeredObjects.nodes).toHaveLength(5);
    const server = postmasterOf(cluster)!;
    expect(isAlive(server.pid)).toBe(true);
    await npm.interrupt();
    expect(isAlive(server.pid)).toBe(false);
    expect(holderOf(dataDir)).toBeUndefined();
    expect(existsSync(join(dataDir, 'sandbox.json'))).toBe(false);
  });
});

describe('npm start on a folder with data', () => {
  it('takes everything down with it when npm itself is told to end', async () => {
    const npm = runProgram('npm', ['start'], settings);
    const url = await started(npm);
    const server = postmasterOf(cluster)!;
    await npm.end('SIGTERM');
    expect(await until(() => !isAlive(server.pid), 20_000)).toBe(true);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });
});

describe('hub start on a folder with data', () => {
  it('keeps the population, refuses a second start beside it and says where the first is, and ends with 0 on SIGINT', async () => {
    const first = runHub(['start'], settings);
    const url = await started(first);
    expect(first.said()).toContain('kept as it is');
    const second = runHub(['start'], settings);
    expect(await second.ended).toBe(1);
    expect(second.said()).toContain(
      `hub start already runs on ${dataDir} (process ${first.child.pid}, answering at ${url}).`,
    );
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(await first.end('SIGINT')).toBe(0);
  });

  it('starts again after it was killed', async () => {
    const killed = runHub(['start'], settings);
    await started(killed);
    const orphan = postmasterOf(cluster)!;
    await killed.end('SIGKILL');
    expect(isAlive(orphan.pid)).toBe(true);
    const again = runHub(['start'], settings);
    await started(again);
    expect(isAlive(orphan.pid)).toBe(false);
    expect(await again.end('SIGTERM')).toBe(0);
  });

  it('stops what it had started when it is interrupted half-way', async () => {
    const half = runHub(['start'], settings);
    program = half;
    await half.says(/tables/);
    expect(await half.end('SIGINT')).toBe(0);
    expect(postmasterOf(cluster)).toBeUndefined();
    expect(holderOf(dataDir)).toBeUndefined();
  });
});

describe('hub start where it cannot work', () => {
  it('names the port that is in use, and starts nothing', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const { port } = squatter.address() as AddressInfo;
    const refused = runHub(['start'], { ...settings, PORT: String(port) });
    expect(await refused.ended).toBe(1);
    expect(refused.said()).toBe(
      `Port ${port} is in use by another program: choose another, as in PORT=${port + 1} npm start\n`,
    );
    expect(postmasterOf(cluster)).toBeUndefined();
    squatter.close();
  });

  it('names every setting that is wrong, without a stack', async () => {
    const refused = runHub(['start'], { ...settings, PORT: 'high', DEMO_HOUSEHOLDS: '-1' });
    expect(await refused.ended).toBe(1);
    expect(refused.said()).toMatch(/PORT: .*\n.*DEMO_HOUSEHOLDS: /);
    expect(refused.said()).not.toContain('    at ');
  });

  it('says that a DATABASE_URL does not answer, without its password', async () => {
    const refused = runHub(['start'], { ...settings, DATABASE_URL: 'postgres://someone:hidden@127.0.0.1:1/anju' });
    expect(await refused.ended).toBe(1);
    expect(refused.said()).toContain('DATABASE_URL (127.0.0.1:1/anju) does not answer: ECONNREFUSED.');
    expect(refused.said()).not.toContain('hidden');
  });
});
