import { randomUUID } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { subgraphs } from '../../resolvers';
import { committedSupergraph } from '../../src/cli/committed-supergraph';
import { startServer, startSubgraphs, type RunningServer } from '../../src/server/start';
import { resolvePurpose } from '../../src/store/purposes';
import { testIssuer, type TestIssuer } from '../server/support/issuer';
import { openStage, type Stage } from '../server/support/stage';
import { addPartner, registerText } from '../support/partners';
import { recordsIn, type Records } from './support/records';

/** Three callers of one name: of an issuer, of another one, and a partner system. */
const NAME = 'the-same-name';
const CALLERS = ['officer', 'officer of another issuer', 'partner system'] as const;
type Caller = (typeof CALLERS)[number];

const [REQUESTS, STREAMS] = [40, 1];
const REQUEST = `mutation ($key: String!, $household: ID!) {
  requestCrossCheck(input: { clientKey: $key, purpose: "ADMISSION_REVIEW", households: [$household] }) { id } }`;
const MINT = 'mutation ($openCase: ID!, $letter: ID!) { mintPurposeToken(caseId: $openCase, letterId: $letter) }';
const LOOK = 'query ($person: ID!) { person(id: $person) { id } }';
const FOLLOW = 'subscription ($id: ID!) { crossCheckProgress(id: $id) { state } }';
const ACCESSES = 'query ($person: ID!) { accessesTo(person: $person) { nodes { id } } }';

interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

describe.each(['in one process', 'in processes of their own'])('callers of one name, subgraphs %s', (where) => {
  let stage: Stage;
  let server: RunningServer;
  let elsewhere: RunningServer | undefined;
  let other: TestIssuer;
  let [one, two]: Records[] = [];

  beforeAll(async () => {
    const settings = {
      LIMIT_CLIENT_REQUESTS: `${REQUESTS}`,
      LIMIT_WINDOW_SECONDS: '3600',
      LIMIT_STREAMS: `${STREAMS}`,
    };
    stage = await openStage({ settings });
    other = await testIssuer(stage.hub.now, 'http://another-issuer.test');
    [one, two] = [await recordsIn(stage, '150402'), await recordsIn(stage, '150402')];
    await addPartner(stage.base, NAME, { regions: ['150402'] });
    for (const text of [REQUEST, MINT, LOOK, FOLLOW]) await registerText(stage.base, NAME, text);
    const pendingMigrations = async () => [];
    const names = where === 'in one process' ? [] : ['sharing', 'housing'];
    if (names.length > 0)
      elsewhere = await startSubgraphs(stage.hub, {
        ...{ subgraphs: subgraphs.filter(({ name }) => names.includes(name)), pendingMigrations },
      });
    const SUBGRAPH_URLS = Object.fromEntries(names.map((name) => [name, elsewhere!.url]));
    const hub = { ...stage.hub, config: { ...stage.hub.config, SUBGRAPH_URLS } };
    const issuers = [stage.issuer, other];
    server = await startServer(hub, {
      ...{ subgraphs, supergraph: committedSupergraph(), issuers, resolvePurpose, pendingMigrations },
    });
  });
  afterAll(async () => {
    await server.close();
    await elsewhere?.close();
    await stage.close();
  });

  const CLAIMS: Readonly<Record<Caller, JWTPayload>> = {
    officer: { sub: NAME },
    'officer of another issuer': { sub: NAME },
    'partner system': { sub: NAME, client_id: NAME, role: 'PARTNER_SYSTEM', region: undefined },
  };

  async function send(caller: Caller, query: string, variables: object, headers: Record<string, string> = {}) {
    const issuer = caller === 'officer of another issuer' ? other : stage.issuer;
    const authorization = `Bearer ${await issuer.mint(CLAIMS[caller])}`;
    return fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization, ...headers },
      body: JSON.stringify({ query, variables }),
    });
  }
  const ask = async (...asking: Parameters<typeof send>) => (await (await send(...asking)).json()) as Answer;
  const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions.code ?? 'shown';
  const request = async (caller: Caller, key: string, household: string) => {
    const answer = await ask(caller, REQUEST, { key, household });
    return (answer.data?.['requestCrossCheck'] as { id: string } | undefined)?.id ?? codeOf(answer);
  };
  const ofEach = async <Value>(work: (caller: Caller) => Promise<Value>) => {
    const values: Value[] = [];
    for (const caller of CALLERS) values.push(await work(caller));
    return values;
  };

  it('have keys of their own: under one key each gets its own cross-check, and the same one again', async () => {
    const key = randomUUID();
    const first = await ofEach((caller) => request(caller, key, one!.household));
    expect(first).toEqual(CALLERS.map(() => expect.stringMatching(/^[0-9a-f-]{36}$/)));
    expect(new Set(first).size).toBe(CALLERS.length);
    expect(await ofEach((caller) => request(caller, key, one!.household))).toEqual(first);
  });

  it('are refused no key because another of them has used it', async () => {
    const key = randomUUID();
    await request('officer', key, one!.household);
    const others = await ofEach((caller) => request(caller, key, two!.household));
    const id = expect.stringMatching(/^[0-9a-f-]{36}$/);
    expect(others).toEqual(['IDEMPOTENCY_CONFLICT', id, id]);
  });

  it('cannot use each other’s purpose', async () => {
    const tokens = await ofEach(async (caller) => (await ask(caller, MINT, { ...one })).data!['mintPurposeToken']);
    for (const [at, token] of tokens.entries()) {
      const headers = { 'x-purpose': token as string };
      const seen = await ofEach(async (caller) => codeOf(await ask(caller, LOOK, { ...one }, headers)));
      expect(seen).toEqual(CALLERS.map((_, whose) => (whose === at ? 'shown' : 'PURPOSE_DEAD')));
    }
  });

  it('run nothing under a purpose that is dead: neither a look nor an act is begun while it is looked up', async () => {
    const written = async () =>
      (
        await stage.base.owner.query<{ looks: number; acts: number; checks: number }>(
          `select (select count(*)::int from read_entry) as looks, (select count(*)::int from write_entry) as acts,
             (select count(*)::int from cross_check) as checks`,
        )
      ).rows[0];
    const { data } = await ask('officer of another issuer', MINT, { ...one });
    const headers = { 'x-purpose': data!['mintPurposeToken'] as string };
    const before = await written();
    const household = one!.household;
    for (const [text, variables] of [
      [LOOK, { ...one }],
      [REQUEST, { key: randomUUID(), household }],
    ] as const)
      expect(codeOf(await ask('officer', text, variables, headers))).toBe('PURPOSE_DEAD');
    expect(await written()).toEqual(before);
  });

  it('have streams of their own', async () => {
    const ids = await ofEach((caller) => request(caller, randomUUID(), one!.household));
    const follow = async (caller: Caller) =>
      send(caller, FOLLOW, { id: ids[CALLERS.indexOf(caller)] }, { accept: 'text/event-stream' });
    const open = await ofEach(follow);
    expect(open.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await ofEach(follow)).map(({ status }) => status)).toEqual([429, 429, 429]);
    for (const { body } of open) await body!.cancel();
  });

  it('a citizen is known by the person its token names, whoever is called like it', async () => {
    const claims = { role: 'APPLICANT_SELF', sub: NAME };
    const seen = async (person: string) => {
      const authorization = `Bearer ${await stage.issuer.mint({ ...claims, person })}`;
      const headers = { 'content-type': 'application/json', authorization };
      const body = JSON.stringify({ query: ACCESSES, variables: { person: one!.person } });
      return codeOf((await (await fetch(`${server.url}/graphql`, { method: 'POST', headers, body })).json()) as Answer);
    };
    expect([await seen(one!.person), await seen(two!.person)]).toEqual(['shown', 'NOT_FOUND']);
  });

  /* Last: afterwards one of them may ask nothing more. */
  it('are counted apart: what one of them asked too much is nobody else’s', async () => {
    let status = 200;
    for (let times = 0; status !== 429 && times <= REQUESTS; times++)
      status = (await send('officer', LOOK, one!)).status;
    expect((await ofEach((caller) => send(caller, LOOK, one!))).map((each) => each.status)).toEqual([429, 200, 200]);
  });
});
