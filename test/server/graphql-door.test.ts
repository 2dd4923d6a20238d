import { request } from 'node:http';
import { subgraphs } from '../../resolvers';
import { addHousehold, type TestHousehold } from './support/people';
import { openStage, type Stage } from './support/stage';
import { SECRET, ticking, toy, whenLeft } from './support/toy';

let stage: Stage;
let household: TestHousehold;
let token: string;
beforeAll(async () => {
  stage = await openStage({ subgraphs: [...subgraphs, toy] });
  household = await addHousehold(stage.base, stage.hub.seal, '150402');
  token = await stage.issuer.mint();
});
afterAll(() => stage.close());

const HOUSEHOLD =
  'query ($id: ID!) { household(id: $id) { id regionCode members { relation person { id name idNumber birthDate } } } }';

const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(`${stage.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body,
  });

const faultOf = async (response: Response) => {
  const { errors } = (await response.json()) as { errors: { extensions: Record<string, unknown> }[] };
  return [response.status, errors[0]!.extensions.code];
};

describe('the door of officers and partners', () => {
  it('answers one question about a household of the viewer’s region, numbers masked', async () => {
    const { status, data, errors } = await stage.ask(HOUSEHOLD, { variables: { id: household.id } });
    expect({ status, errors }).toEqual({ status: 200, errors: [] });
    const [applicant, child] = household.members;
    expect(data!.household).toMatchObject({
      regionCode: '150402',
      members: [
        {
          relation: 'APPLICANT',
          person: { id: applicant!.id, name: '萨仁花', idNumber: `150402***********${applicant!.idNumber[17]}` },
        },
        { relation: 'CHILD', person: { id: child!.id } },
      ],
    });
  });

  it('answers the same when documents have come often enough to be compiled', async () => {
    const answers = new Set<string>();
    for (let time = 0; time < 5; time++)
      answers.add((await stage.ask(HOUSEHOLD, { variables: { id: household.id } })).text);
    expect(answers.size).toBe(1);
  });

  it('never says a citizen number whatever is asked in whatever county', async () => {
    for (const region of ['150402', '1504', '15', '450102']) {
      const { text } = await stage.ask(HOUSEHOLD, { variables: { id: household.id }, claims: { region } });
      for (const { idNumber } of household.members) expect(text).not.toContain(idNumber);
    }
  });

  it.each([
    ['{', 400, 'MALFORMED_REQUEST'],
    ['', 400, 'MALFORMED_REQUEST'],
    ['[]', 400, 'MALFORMED_REQUEST'],
    ['{"query":1}', 400, 'MALFORMED_REQUEST'],
    ['{"query":"{","variables":{}}', 400, 'INVALID_QUERY'],
    ['{"query":"{ people { nothing } }"}', 400, 'INVALID_QUERY'],
    ['{"query":"{ people { id } }","variables":"x"}', 400, 'MALFORMED_REQUEST'],
    [
      '{"query":"query($first: Int!) { people(first: $first) { id } }","variables":{"first":"x"}}',
      400,
      'INVALID_INPUT',
    ],
    ['{"query":"query A { people { id } } query B { people { id } }"}', 400, 'INVALID_QUERY'],
    ['{"query":"{ _entities(representations: []) { __typename } }"}', 400, 'INVALID_QUERY'],
    ['{"query":"{ _service { sdl } }"}', 400, 'INVALID_QUERY'],
    ['{"query":"{ people(first: 201) { id } }"}', 400, 'PAGE_TOO_LARGE'],
  ])('refuses %s in JSON of the catalogue', async (body, status, code) => {
    expect(await faultOf(await post(body))).toEqual([status, code]);
  });

  it('refuses other content types, other methods, other addresses and bodies that are too large', async () => {
    expect(await faultOf(await post('query=x', { 'content-type': 'application/x-www-form-urlencoded' }))).toEqual([
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ]);
    expect(await faultOf(await post('--x', { 'content-type': 'multipart/form-data; boundary=x' }))).toEqual([
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ]);
    expect(await faultOf(await fetch(`${stage.url}/graphql`))).toEqual([405, 'METHOD_NOT_ALLOWED']);
    expect(await faultOf(await fetch(`${stage.url}/nowhere`))).toEqual([404, 'UNKNOWN_PATH']);
    expect(await faultOf(await post(JSON.stringify({ query: ' '.repeat(7_000_000) })))).toEqual([
      413,
      'REQUEST_TOO_LARGE',
    ]);
  });

  it('refuses what is too deep, too wide or too long', async () => {
    const aliases = Array.from({ length: 61 }, (_, at) => `a${at}: __typename`).join(' ');
    const doubling = Array.from(
      { length: 40 },
      (_, at) => `fragment F${at} on ToyPerson { ...F${at + 1} ... on ToyPerson { ...F${at + 1} } }`,
    ).join(' ');
    const queries = [
      `{ ${aliases} }`,
      `{ ${'people { id } '.repeat(2000)} }`,
      `{ people { ...F0 } } ${doubling} fragment F40 on ToyPerson { id name }`,
    ];
    for (const query of queries)
      expect(await faultOf(await post(JSON.stringify({ query })))).toEqual([400, 'QUERY_TOO_COSTLY']);
  });

  it('lets the signed in, and nobody else, introspect', async () => {
    const query = '{ __schema { queryType { name } } }';
    expect((await stage.ask(query)).data).toEqual({ __schema: { queryType: { name: 'Query' } } });
    expect((await stage.ask(query, { claims: null })).status).toBe(401);
  });

  it('keeps a caller’s plain request id and makes one in place of any other', async () => {
    const idOf = async (given: string) =>
      (await stage.ask('{ __typename }', { headers: { 'x-request-id': given } })).headers.get('x-request-id');
    expect(await idOf('desk-7.42')).toBe('desk-7.42');
    for (const given of ['a b', 'x'.repeat(65), SECRET]) expect(await idOf(given)).toMatch(/^[\da-f-]{36}$/);
  });
});

describe('a fault', () => {
  it('of the catalogue carries code, field, remedy and request id, and no HTTP status of ours', async () => {
    const { status, errors } = await stage.ask('{ refused }', { headers: { 'x-request-id': 'r1' } });
    expect(status).toBe(200);
    expect(errors).toEqual([
      expect.objectContaining({
        path: ['refused'],
        extensions: { code: 'CASE_CLOSED', field: 'caseId', remedy: expect.any(String), requestId: 'r1' },
      }),
    ]);
  });

  it('of ours says INTERNAL and nothing of itself', async () => {
    const partly = await stage.ask('{ boom people { id } }');
    expect([partly.status, partly.data, partly.errors[0]!.extensions.code]).toEqual([
      200,
      { boom: null, people: [{ id: 'p0' }] },
      'INTERNAL',
    ]);
    const whole = await stage.ask('{ boomWhole }');
    expect([whole.status, whole.errors[0]!.extensions.code]).toEqual([500, 'INTERNAL']);
    for (const { text } of [partly, whole]) expect(text).not.toMatch(/duplicate|150402198605121127|at .*\.ts/);
  });

  it('in a query or a variable never repeats a value that was written', async () => {
    const inText = await stage.ask(`{ household(id: {number: "${SECRET}"}) { id } people(first: "萨仁花") { id } }`);
    const inVariable = await stage.ask('query ($first: Int) { people(first: $first) { id } }', {
      variables: { first: SECRET },
    });
    for (const { status, text } of [inText, inVariable]) {
      expect(status).toBe(400);
      expect(text).not.toMatch(/150402198605121127|萨仁花/);
    }
  });
});

describe('a subscription', () => {
  it('streams events and ends at its source when the client leaves', async () => {
    const left = whenLeft();
    const events = await firstEvents('subscription { tick }', 2);
    expect(events).toEqual([{ data: { tick: 1 } }, { data: { tick: 2 } }]);
    await left;
    expect(ticking()).toBe(0);
  });

  it('without an event stream to answer on is refused', async () => {
    expect(await faultOf(await post('{"query":"subscription { tick }"}'))).toEqual([400, 'MALFORMED_REQUEST']);
    expect(ticking()).toBe(0);
  });

  it('that is not permitted answers the refusal', async () => {
    const { status, errors } = await stage.ask('subscription { tick }', {
      claims: { role: 'AUDITOR' },
      headers: { accept: 'text/event-stream' },
    });
    expect([status, errors[0]!.extensions.code]).toEqual([403, 'FORBIDDEN']);
  });
});

/** The first events of a stream; then the client hangs up. */
function firstEvents(query: string, count: number): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: `Bearer ${token}`,
    };
    const asking = request(`${stage.url}/graphql`, { method: 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        const events = [...text.matchAll(/^event: next\ndata: (.*)$/gm)].map(
          (event) => JSON.parse(event[1]!) as unknown,
        );
        if (events.length < count) return;
        asking.destroy();
        resolve(events);
      });
    });
    asking.on('error', reject).end(JSON.stringify({ query }));
  });
}
