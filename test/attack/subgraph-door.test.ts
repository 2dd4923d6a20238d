import { randomUUID } from 'node:crypto';
import { subgraphs } from '../../resolvers';
import { soleKey, type PurposeKeys } from '../../src/access/keyring';
import { makeServiceTokens, type ServiceTokens } from '../../src/access/service-token';
import type { Session } from '../../src/access/session';
import { startSubgraphs, type RunningServer } from '../../src/server/start';
import { addHousehold, type TestHousehold } from '../server/support/people';
import { openStage, type Stage } from '../server/support/stage';

let stage: Stage;
let served: RunningServer;
let household: TestHousehold;
let tokens: ServiceTokens;
const clock = { ms: 0 };
beforeAll(async () => {
  stage = await openStage({ now: () => new Date(Date.now() + clock.ms) });
  household = await addHousehold(stage.base, stage.hub.seal, '150402');
  served = await startSubgraphs(stage.hub, { subgraphs, pendingMigrations: async () => [] });
  tokens = tokensUnder(stage.hub.keys.of('service'));
});
afterAll(async () => {
  await served.close();
  await stage.close();
});

const tokensUnder = (keys: PurposeKeys) =>
  makeServiceTokens({ keys, now: stage.hub.now, scopeOf: (office) => stage.hub.regions.scopeOf(office) });
const session = (region = '150402'): Session => ({
  viewer: { subject: 'clerk', role: 'COUNTY_HOUSING', office: region, regions: stage.hub.regions.scopeOf(region) },
  purpose: null,
  requestId: randomUUID(),
});
const ENTITIES = 'query ($keys: [_Any!]!) { _entities(representations: $keys) { ... on Person { name idNumber } } }';
const bodyOf = () =>
  JSON.stringify({
    query: ENTITIES,
    variables: { keys: household.members.map(({ id }) => ({ __typename: 'Person', id })) },
  });

async function post(body: string, authorization?: string, path = '/subgraphs/housing', to = served.url) {
  const headers = { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) };
  const response = await fetch(to + path, { method: 'POST', headers, body });
  return { status: response.status, text: await response.text() };
}

/** Nothing of the household in it, and a fault of the catalogue. */
function expectRefused({ status, text }: { status: number; text: string }, expected = 401): void {
  expect({ status, code: JSON.parse(text).errors[0].extensions.code }).toEqual({
    status: expected,
    code: expected === 401 ? 'UNAUTHENTICATED' : 'UNKNOWN_PATH',
  });
  for (const { name, idNumber } of household.members) {
    expect(text).not.toContain(name);
    expect(text).not.toContain(idNumber.slice(6, 14));
  }
}

describe('a subgraph in a process of its own', () => {
  it('answers the gateway’s token in the name it gives, masked as at the front', async () => {
    const body = bodyOf();
    const { status, text } = await post(body, `Bearer ${await tokens.issue('housing', body, session())}`);
    expect(status).toBe(200);
    const people = JSON.parse(text).data._entities as { name: string; idNumber: string }[];
    expect(people.map(({ name }) => name)).toEqual(household.members.map(({ name }) => name));
    for (const [at, { idNumber }] of people.entries()) {
      const own = household.members[at]!.idNumber;
      expect(idNumber).toBe(`${own.slice(0, 6)}***********${own[17]}`);
    }
  });

  it('shows an office of another region nothing, as the front does', async () => {
    const body = bodyOf();
    const { text } = await post(body, `Bearer ${await tokens.issue('housing', body, session('450102'))}`);
    expect(JSON.parse(text).data._entities).toEqual(household.members.map(() => null));
  });

  it('refuses whoever brings no token, an officer’s, or one under another key', async () => {
    const body = bodyOf();
    expectRefused(await post(body));
    expectRefused(await post(body, `Bearer ${await stage.issuer.mint()}`));
    const forged = await tokensUnder(soleKey(Buffer.alloc(32, 7))).issue('housing', body, session());
    expectRefused(await post(body, `Bearer ${forged}`));
  });

  it('refuses a token made for another subgraph or for another question', async () => {
    const body = bodyOf();
    expectRefused(await post(body, `Bearer ${await tokens.issue('sharing', body, session())}`));
    const other = await tokens.issue('housing', JSON.stringify({ query: '{ __typename }' }), session());
    expectRefused(await post(body, `Bearer ${other}`));
  });

  it('refuses a token that is half a minute old', async () => {
    const body = bodyOf();
    const token = await tokens.issue('housing', body, session());
    clock.ms += 31_000;
    expectRefused(await post(body, `Bearer ${token}`));
  });

  it('has no front door, and the front has none of its doors or tokens', async () => {
    const body = bodyOf();
    const token = await tokens.issue('housing', body, session());
    expectRefused(await post(body, `Bearer ${token}`, '/graphql'), 404);
    expectRefused(await post(body, `Bearer ${token}`, '/subgraphs/housing', stage.url), 404);
    expectRefused(await post(body, `Bearer ${token}`, '/graphql', stage.url));
  });
});
