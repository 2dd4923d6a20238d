import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { openIssuer } from '../../src/cli/issuer';
import { controlClient } from '../../src/exchange/sandbox/control-client';
import { readControlAddress } from '../../src/exchange/sandbox/control-file';
import { completed } from '../support/checks';
import { testFolder } from '../support/folder';
import { buildHub, runHub, type Program, type Settings } from '../support/program';
import { describeWithRedis, startRedis, type TestRedis } from '../support/redis';

const dataDir = join(testFolder(), '.data');
const REGION = '15';
const WHO = { role: 'REGION_HOUSING', region: REGION, sub: 'many' } as const;
const HOUSEHOLDS = `{ households(region: "${REGION}", first: 40) { nodes { id cases { closedOn } } } }`;
const REQUEST = 'mutation ($input: RequestCrossCheckInput!) { requestCrossCheck(input: $input) { id } }';
const CHECK = `query ($id: ID!) { crossCheck(id: $id) { state total done households(first: 100) { nodes { state report { version sources { source asked answered } } } } } }`;

interface Answer<Data> {
  readonly status: number;
  readonly data: Data;
}
interface Check {
  readonly crossCheck: {
    readonly state: string;
    readonly households: {
      readonly nodes: readonly {
        readonly report: { readonly sources: readonly { source: string; asked: boolean; answered: number }[] } | null;
      }[];
    };
  };
}

describeWithRedis('several gateways, workers and a process of subgraphs on one database and one Redis', () => {
  let redis: TestRedis;
  const programs: Program[] = [];
  let gateways: string[];
  let token: string;
  beforeAll(async () => {
    buildHub();
    redis = await startRedis();
    const settings: Settings = { DATA_DIR: dataDir, PORT: '0', DEMO_HOUSEHOLDS: '300', REDIS_URL: redis.url };
    const begin = async (args: readonly string[], says: RegExp, more: Settings = {}) => {
      const program = runHub(args, { ...settings, ...more });
      programs.unshift(program);
      const [, said] = await program.says(says);
      return said!;
    };
    const first = await begin(['start'], /GraphQL +(http:\S+)\/graphql/);
    const apart = await begin(['serve', '--subgraph', 'vehicle', 'sharing'], /at (http:\S+)\. Ctrl-C/);
    await begin(['work'], /(Working)/);
    const SUBGRAPH_URLS = `vehicle=${apart} sharing=${apart}`;
    const second = await begin(['serve'], /Serving at (http:\S+)\/graphql/, { SUBGRAPH_URLS });
    gateways = [first, second];
    const issuer = await openIssuer({ dataDir, audience: 'anju-hub', port: 0 });
    token = await issuer.mint({ role: 'REGION_HOUSING', region: REGION, subject: 'many' });
  });
  afterAll(async () => {
    for (const program of programs) await program.end('SIGTERM');
    await redis.stop();
  });

  async function ask<Data>(gateway: string, query: string, variables: object = {}): Promise<Answer<Data>> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const body = JSON.stringify({ query, variables });
    const response = await fetch(`${gateway}/graphql`, { method: 'POST', headers, body });
    const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
    expect(errors).toBeUndefined();
    return { status: response.status, data };
  }

  it('do the work of one request once, whoever was asked, and tell the same of it', async () => {
    type Households = { households: { nodes: { id: string; cases: { closedOn: string | null }[] }[] } };
    const { data } = await ask<Households>(gateways[0]!, HOUSEHOLDS);
    const households = data.households.nodes.filter(({ cases }) => cases.some(({ closedOn }) => !closedOn));
    const input = {
      clientKey: randomUUID(),
      purpose: 'ADMISSION_REVIEW',
      households: households.map(({ id }) => id),
    };
    const control = controlClient(readControlAddress(dataDir)!);
    await control.resetCounts();
    const requested = await Promise.all(
      [0, 1, 0, 1].map((at) => ask<{ requestCrossCheck: { id: string } }>(gateways[at]!, REQUEST, { input })),
    );
    const [id, ...others] = new Set(requested.map((answer) => answer.data.requestCrossCheck.id));
    expect(others).toEqual([]);
    const read = (at: number) => ask<Check>(gateways[at]!, CHECK, { id }).then((answer) => answer.data.crossCheck);
    const heard = { url: gateways[1]!, said: [], issuer: { mint: async () => token } };
    expect((await completed(heard, WHO, id!)).at(-1)).toMatchObject({ state: 'COMPLETED' });
    const check = await read(0);
    expect(await read(1)).toEqual(check);
    const states = await control.states();
    for (const source of ['property', 'vehicle', 'provident-fund']) {
      const told = check.households.nodes.flatMap(({ report }) => report!.sources.filter((it) => it.source === source));
      const answered = told.reduce((sum, it) => sum + it.answered, 0);
      expect(answered).toBeGreaterThan(0);
      const { people, calls } = states[source]!.counts;
      expect([source, people - calls]).toEqual([source, answered]); // the control is asked about with every call
    }
  });

  it('refuse a subgraph that does not exist, naming those that do', async () => {
    const program = runHub(['serve', '--subgraph', 'vehicles'], { DATA_DIR: dataDir, PORT: '0' });
    expect(await program.ended).toBe(1);
    expect(program.said()).toMatch(/no subgraph vehicles; there are .*vehicle/);
  });
});
