import { randomUUID } from 'node:crypto';
import { makeServiceTokens, type ServiceTokens } from '../../src/access/service-token';
import { startSubgraphs, type RunningServer } from '../../src/server/start';
import { openStage, type Stage } from '../server/support/stage';
import { tree } from './support/tree';
import { NOTHING, refusalIn, refusedBy, watchHub } from './support/watch';

const COST = 1000;
/** A subgraph's door is that much wider than the front. */
const WIDER = 4;

let stage: Stage;
let served: RunningServer;
let tokens: ServiceTokens;
let deeds: ReturnType<typeof watchHub>;
beforeAll(async () => {
  const settings = { LIMIT_BODY_BYTES: '100000', LIMIT_TOKEN_BODY_BYTES: '1024', LIMIT_COST: String(COST) };
  stage = await openStage({ subgraphs: [tree], settings: { ...settings, LIMIT_TOKENS: '100' } });
  served = await startSubgraphs(stage.hub, { subgraphs: [tree], pendingMigrations: async () => [] });
  const { keys, now, regions } = stage.hub;
  tokens = makeServiceTokens({ keys: keys.of('service'), now, scopeOf: regions.scopeOf });
  deeds = watchHub(stage.hub);
});
afterAll(async () => {
  await served.close();
  await stage.close();
});

const send = (url: string, body: string, type: string, authorization?: string) =>
  fetch(url, { method: 'POST', headers: { 'content-type': type, ...(authorization ? { authorization } : {}) }, body });

/** As the gateway asks, in the name of an officer. */
async function asGateway(query: string, variables: object): Promise<Response> {
  const body = JSON.stringify({ query, variables });
  const session = {
    viewer: { subject: 'clerk', role: 'COUNTY_HOUSING' as const, office: '150402', regions: ['150402'] },
    ...{ purpose: null, requestId: randomUUID() },
  };
  const token = await tokens.issue('tree', body, session);
  return send(`${served.url}/subgraphs/tree`, body, 'application/json', `Bearer ${token}`);
}

const ENTITIES = 'query ($keys: [_Any!]!) { _entities(representations: $keys) { ... on Tree { id } } }';
const keysOf = (length: number) => ({ keys: Array.from({ length }, () => ({ __typename: 'Tree', id: 't' })) });

describe('a body larger than the door takes', () => {
  const json = (bytes: number) => JSON.stringify({ query: '{ tree { id } }', variables: { x: 'x'.repeat(bytes) } });

  it.each([
    ['/graphql', 100_001, 'application/json', 'LIMIT_BODY_BYTES'],
    ['/oauth/token', 1025, 'application/x-www-form-urlencoded', 'LIMIT_TOKEN_BODY_BYTES'],
  ])('is refused at %s with 413, and nothing ran', async (path, bytes, type, limit) => {
    const before = (await refusedBy(stage.url))[limit] ?? 0;
    deeds.since();
    const body = type.includes('json') ? json(bytes) : `grant_type=${'x'.repeat(bytes)}`;
    const authorization = path === '/graphql' ? `Bearer ${await stage.issuer.mint()}` : undefined;
    const refusal = await refusalIn(await send(stage.url + path, body, type, authorization));
    expect(refusal).toMatchObject({ status: 413, code: 'REQUEST_TOO_LARGE' });
    expect(deeds.since()).toEqual(NOTHING);
    expect((await refusedBy(stage.url))[limit]).toBe(before + 1);
  });

  it('is refused at a subgraph with 413, before its token is looked at', async () => {
    const response = await send(`${served.url}/subgraphs/tree`, json(100_001), 'application/json');
    expect(await refusalIn(response)).toMatchObject({ status: 413, code: 'REQUEST_TOO_LARGE' });
  });
});

describe('a subgraph', () => {
  it('counts representations as rows: as many as the limit allows are answered, one more refuses them all', async () => {
    const fits = (WIDER * COST - 1) / 2; // of each representation a row and a field
    const within = await asGateway(ENTITIES, keysOf(Math.floor(fits)));
    expect([within.status, ((await within.json()) as { data: { _entities: [] } }).data._entities.length]).toEqual([
      200,
      Math.floor(fits),
    ]);
    deeds.since();
    const over = await refusalIn(await asGateway(ENTITIES, keysOf(Math.ceil(fits) + 1)));
    expect([over, deeds.since()]).toEqual([
      { status: 400, code: 'QUERY_TOO_COSTLY', field: 'query', retryAfter: null },
      NOTHING,
    ]);
  });

  it.each([
    ['a document of too many tokens', `{ tree { ${'id '.repeat(500)} } }`],
    ['a document nested too deep', `{ tree { ${'...{'.repeat(300)} id ${'}'.repeat(300)} } }`],
    ['a fragment that spreads itself', '{ ...A } fragment A on Query { tree { id } ...A }'],
    ['what is no GraphQL', '{ tree {'],
  ])('refuses %s, or survives it', async (_what, query) => {
    const response = await asGateway(query, {});
    expect(response.status).toBeLessThan(500);
  });
});

describe('the public door', () => {
  it('takes no body, and no address beyond its length', async () => {
    deeds.since();
    const long = await fetch(`${stage.url}/public/graphql?documentId=${'x'.repeat(3000)}`);
    expect(await refusalIn(long)).toMatchObject({ status: 414, code: 'URI_TOO_LONG' });
    const posted = await send(`${stage.url}/public/graphql`, '{}', 'application/json');
    expect(await refusalIn(posted)).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' });
    expect(deeds.since()).toEqual(NOTHING);
  });
});
