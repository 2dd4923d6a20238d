import { randomUUID } from 'node:crypto';
import { registryOn, type Registry } from '../../src/cli/partner/registry';
import { callsOf, honestFiles, officerOf, type File } from '../support/files';
import { completed, PROGRESS } from '../support/checks';
import { addPartner, grantTo, registerText } from '../support/partners';
import { openRunningHub, type RunningHub, type Who } from '../support/running-hub';

const NAMES = `query Names($id: ID!) { household(id: $id) { fileNumber members { person { id name } } } }`;
const REQUEST = `mutation Request($input: RequestCrossCheckInput!) { requestCrossCheck(input: $input) { id total } }`;

let running: RunningHub;
let files: File[];
let registry: Registry;
beforeAll(async () => {
  running = await openRunningHub();
  files = await honestFiles(running);
  registry = registryOn(running.base.owner);
});
afterAll(() => running.close());
beforeEach(() => running.sandbox.control.resetCounts());

const partnerAt = ({ region }: File, client: string): Who => ({
  ...{ role: 'PARTNER_SYSTEM', region, sub: client, client_id: client },
});
let partners = 0;
/** A partner of its own for each test, with the documents registered. */
async function partner(granted: Parameters<typeof addPartner>[2] = {}, rowCap?: number): Promise<string> {
  const client = `partner-${(partners += 1)}`;
  await addPartner(running.base, client, granted);
  for (const text of [NAMES, REQUEST, PROGRESS]) await registerText(running.base, client, text, { rowCap });
  return client;
}
const names = (client: string, file: File, query = NAMES) =>
  running.ask<{ household: { members: object[] } | null } | null>(partnerAt(file, client), query, {
    variables: { id: file.householdId },
  });
const outcome = async (asked: ReturnType<typeof names>) => {
  const { status, errors, data } = await asked;
  return [status, errors[0]?.extensions.code ?? 'answered', data === null];
};
const ANSWERED = [200, 'answered', false];
const refused = (status: number, code: string) => [status, code, true];
const NOT_REGISTERED = refused(403, 'DOCUMENT_NOT_REGISTERED');
const request = (client: string, file: File, households: readonly string[], purpose = 'ADMISSION_REVIEW') =>
  running.ask<{ requestCrossCheck: { id: string } } | null>(partnerAt(file, client), REQUEST, {
    variables: { input: { clientKey: randomUUID(), purpose, households } },
  });
const countIn = async (table: string, client: string): Promise<number> =>
  (
    await running.base.owner.query<{ n: number }>(`select count(*)::int as n from ${table} where client_id = $1`, [
      client,
    ])
  ).rows[0]!.n;

describe('a partner system', () => {
  it('runs its registered documents, however they are spaced, or by their hash, and no other text', async () => {
    const [client, file] = [await partner(), files[0]!];
    expect(await outcome(names(client, file))).toEqual(ANSWERED);
    const spaced = NAMES.replaceAll(' ', ' \n,\t ').replace('{', '{ # a comment\n');
    expect(await outcome(names(client, file, spaced))).toEqual(ANSWERED);
    for (const changed of [
      NAMES.replace('name', 'name idNumber'),
      NAMES.replace('name', 'n: name'),
      NAMES.replace('Names', 'Others'),
      NAMES.replace(' fileNumber', ''),
      `${NAMES} query Other { __typename }`,
      NAMES.replace('$id: ID!', '$id: ID! = "1"'),
      '{ __typename }',
      '{ __schema { types { name } } }',
      '{ __type(name: "Person") { fields { name } } }',
      'not GraphQL',
      '"',
      `${NAMES}${' '.repeat(200_000)}`,
    ])
      expect([changed.slice(0, 80), await outcome(names(client, file, changed))]).toEqual([
        changed.slice(0, 80),
        NOT_REGISTERED,
      ]);
  });

  it('may name a document by its hash', async () => {
    const [client, file] = [await partner(), files[0]!];
    const hash = await registerText(running.base, client, `${NAMES} # by hash`);
    const byId = async (documentId: unknown, more: object = {}) => {
      const body = JSON.stringify({ documentId, variables: { id: file.householdId }, ...more });
      const authorization = `Bearer ${await running.issuer.mint({ ...partnerAt(file, client)! })}`;
      const headers = { 'content-type': 'application/json', authorization };
      const { status, text } = await running.send('/graphql', { method: 'POST', headers, body });
      return [
        status,
        (JSON.parse(text) as { errors?: { extensions: { code: string } }[] }).errors?.[0]!.extensions.code,
      ];
    };
    expect(await byId(`sha256:${hash}`)).toEqual([200, undefined]);
    expect(await byId(hash)).toEqual([403, 'DOCUMENT_NOT_REGISTERED']);
    expect(await byId(`sha256:${'0'.repeat(64)}`)).toEqual([403, 'DOCUMENT_NOT_REGISTERED']);
    expect(await byId(`sha256:${hash}`, { query: '{ __typename }' })).toEqual([403, 'DOCUMENT_NOT_REGISTERED']);
    expect(await byId(7)).toEqual([400, 'MALFORMED_REQUEST']);
  });

  it('cannot run the document of another, nor one that was withdrawn', async () => {
    const [client, other, file] = [await partner(), await partner(), files[0]!];
    const own = NAMES.replace('Names', 'Own');
    await registerText(running.base, other, own);
    expect(await outcome(names(other, file, own))).toEqual(ANSWERED);
    expect(await outcome(names(client, file, own))).toEqual(NOT_REGISTERED);
    expect(await registry.withdraw(other, 'test')).toBe(4);
    expect(await outcome(names(other, file, own))).toEqual(NOT_REGISTERED);
  });

  it('leaves officers their documents', async () => {
    const file = files[0]!;
    const { status, data } = await running.ask(officerOf(file), NAMES.replace('name', 'n: name'), {
      variables: { id: file.householdId },
    });
    expect([status, data]).toEqual([200, { household: expect.objectContaining({ members: expect.any(Array) }) }]);
  });

  it('is refused at the next request after its grant has ended, with the same token, and heard again after a new one', async () => {
    const [client, file] = [await partner(), files[0]!];
    const ended = refused(403, 'GRANT_NOT_IN_FORCE');
    expect(await outcome(names(client, file))).toEqual(ANSWERED);
    expect(await registry.revoke(client)).toBe(1);
    expect(await outcome(names(client, file))).toEqual(ended);
    await grantTo(running.base, client, { until: '2020-12-31' });
    expect(await outcome(names(client, file))).toEqual(ended);
    await grantTo(running.base, client, { purpose: 'ANNUAL_REVIEW' });
    expect(await outcome(names(client, file))).toEqual(ended);
    await grantTo(running.base, client, {});
    expect(await outcome(names(client, file))).toEqual(ANSWERED);
  });

  it('sees the regions of its grant, and of its token where that names one', async () => {
    const file = files.find(({ region }) => region.startsWith('15'))!;
    const client = await partner({ regions: [file.region] });
    expect(await outcome(names(client, file))).toEqual(ANSWERED);
    const beside = files.find(({ region }) => region.startsWith('15') && region !== file.region)!;
    const fromProvince = await running.ask({ ...partnerAt(file, client)!, region: '15' }, NAMES, {
      variables: { id: beside.householdId },
    });
    expect([fromProvince.data, fromProvince.errors[0]!.extensions.code]).toEqual([{ household: null }, 'NOT_FOUND']);
    await grantTo(running.base, client, { regions: ['45'] });
    expect(await outcome(names(client, file))).toEqual(refused(403, 'GRANT_NOT_IN_FORCE'));
    const wide = await running.ask({ ...partnerAt(file, client)!, region: '45' }, NAMES, {
      variables: { id: file.householdId },
    });
    expect(wide.errors[0]!.extensions.code).toBe('NOT_FOUND');
  });

  it('gets nothing of an answer that reaches more persons than its document may, and no agency hears of them', async () => {
    const file = files[0]!;
    expect(file.members.length).toBeGreaterThan(1);
    const exact = await partner({}, file.members.length);
    expect(await outcome(names(exact, file))).toEqual(ANSWERED);
    const tight = await partner({}, file.members.length - 1);
    const asked = await names(tight, file);
    expect([asked.status, asked.errors[0]!.extensions.code, asked.data]).toEqual([403, 'ROW_CAP_EXCEEDED', null]);
    for (const { name } of file.members) expect(asked.text).not.toContain(name);
    const check = await request(tight, file, [file.householdId]);
    expect(check.errors[0]!.extensions.code).toBe('ROW_CAP_EXCEEDED');
    expect(Object.values(callsOf(running)).every((calls) => calls === 0)).toBe(true);
  });

  it('reaches in a request, over all its aliases, no more persons than the cap', async () => {
    const [a] = files as [File];
    const b = files.find(
      ({ region, householdId }) => region.slice(0, 2) === a.region.slice(0, 2) && householdId !== a.householdId,
    )!;
    const members = 'members { person { id name } }';
    const TWO = `query Two($a: ID!, $b: ID!) { a: household(id: $a) { ${members} } b: household(id: $b) { ${members} } }`;
    const persons = a.members.length + b.members.length;
    for (const [rowCap, code] of [
      [persons, undefined],
      [persons - 1, 'ROW_CAP_EXCEEDED'],
    ] as const) {
      const client = await partner();
      await registerText(running.base, client, TWO, { rowCap });
      const who: Who = { ...partnerAt(a, client)!, region: a.region.slice(0, 2) };
      const variables = { a: a.householdId, b: b.householdId };
      const { errors } = await running.ask(who, TWO, { variables });
      expect([rowCap, errors[0]?.extensions.code]).toEqual([rowCap, code]);
    }
  });
});

const budgetOf = async (client: string): Promise<[number, number]> => {
  const { rows } = await running.base.owner.query<{ persons: number }>(
    'select persons from partner_day where client_id = $1',
    [client],
  );
  return [rows.reduce((sum, { persons }) => sum + persons, 0), await countIn('partner_day_person', client)];
};

describe('the daily budget of a partner system', () => {
  it('counts different persons, by purpose, and says when to come again', async () => {
    const [first, second] = files as [File, File];
    const client = await partner({ dailyPersons: first.members.length });
    for (let time = 0; time < 3; time++) expect(await outcome(names(client, first))).toEqual(ANSWERED);
    expect(await budgetOf(client)).toEqual([first.members.length, first.members.length]);
    const asked = await names(client, second);
    expect([asked.status, asked.errors[0]!.extensions.code, asked.data]).toEqual([429, 'DAILY_BUDGET_SPENT', null]);
    for (const { name } of second.members) expect(asked.text).not.toContain(name);
    const seconds = Number(asked.headers.get('retry-after'));
    const beijing = new Date(Date.now() + 8 * 3600_000 + seconds * 1000);
    expect(beijing.getUTCHours() * 3600 + beijing.getUTCMinutes() * 60 + beijing.getUTCSeconds()).toBeLessThanOrEqual(
      60,
    );
    expect(await outcome(names(client, first))).toEqual(ANSWERED);
    await grantTo(running.base, client, { purpose: 'ANNUAL_REVIEW', dailyPersons: second.members.length });
    const ANNUAL = NAMES.replace('Names', 'Annual');
    await registerText(running.base, client, ANNUAL, { purpose: 'ANNUAL_REVIEW' });
    expect(await outcome(names(client, second, ANNUAL))).toEqual(ANSWERED);
  });

  it('is not got around by a new grant on the same day', async () => {
    const [first, second] = files as [File, File];
    const client = await partner({ dailyPersons: first.members.length });
    expect(await outcome(names(client, first))).toEqual(ANSWERED);
    await grantTo(running.base, client, { dailyPersons: first.members.length });
    expect(await outcome(names(client, second))).toEqual(refused(429, 'DAILY_BUDGET_SPENT'));
  });

  it('is not exceeded by requests that come at the same time', async () => {
    const persons = files.reduce((sum, { members }) => sum + members.length, 0);
    const dailyPersons = Math.floor(persons / 2);
    const client = await partner({ dailyPersons });
    const twice = [...files, ...files];
    const answers = await Promise.all(
      twice.map(async (file) => ({ file, outcome: await outcome(names(client, file)) })),
    );
    const [yes, no] = [
      answers.filter(({ outcome: [status] }) => status === 200),
      answers.filter(({ outcome: [status] }) => status !== 200),
    ];
    const reached = new Set(yes.flatMap(({ file }) => file.members.map(({ id }) => id)));
    expect(reached.size).toBeLessThanOrEqual(dailyPersons);
    expect(reached.size).toBeGreaterThan(0);
    expect(no.length).toBeGreaterThan(0);
    expect(new Set(no.map((answer) => JSON.stringify(answer.outcome)))).toEqual(
      new Set([JSON.stringify(refused(429, 'DAILY_BUDGET_SPENT'))]),
    );
    const [counted, rows] = await budgetOf(client);
    expect(counted).toBe(rows);
    expect(counted).toBeLessThanOrEqual(dailyPersons);
    expect(counted).toBeGreaterThanOrEqual(reached.size);
  });

  it('holds for cross-checks before any agency hears of anybody, and leaves nothing of what it refuses', async () => {
    const file = files[0]!;
    const client = await partner({ dailyPersons: file.members.length - 1 });
    const { status, errors } = await request(client, file, [file.householdId]);
    expect([status, errors[0]!.extensions.code]).toEqual([429, 'DAILY_BUDGET_SPENT']);
    const { rows } = await running.base.owner.query('select from cross_check where requested_by = $1', [client]);
    expect([rows.length, ...(await budgetOf(client))]).toEqual([0, 0, 0]);
    expect(Object.values(callsOf(running)).every((calls) => calls === 0)).toBe(true);
  });

  it('that cannot be counted answers nothing', async () => {
    const [client, file] = [await partner(), files[0]!];
    await running.base.owner.query('revoke execute on function spend_persons from anju_app');
    const asked = await names(client, file);
    await running.base.owner.query('grant execute on function spend_persons to anju_app');
    expect(asked.errors.length).toBeGreaterThan(0);
    for (const { name } of file.members) expect(asked.text).not.toContain(name);
    expect(await outcome(names(client, file))).toEqual(ANSWERED);
  });
});

describe('a stream of a partner system', () => {
  it('ends with its grant, before it tells anything more', async () => {
    const file = files[0]!;
    const client = await partner({ regions: [file.region] });
    const asker = partnerAt(file, client);
    const { id } = (await request(client, file, [file.householdId])).data!.requestCrossCheck;
    await completed(running, asker, id);
    const tell = (state: string, done: number) =>
      running.base.owner.query(`update cross_check set state = $2, done = $3 where id = $1`, [id, state, done]);
    await tell('RUNNING', 0);
    const response = await fetch(`${running.url}/graphql`, {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/json', accept: 'text/event-stream' },
        authorization: `Bearer ${await running.issuer.mint({ ...asker! })}`,
      },
      body: JSON.stringify({ query: PROGRESS, variables: { id } }),
    });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('"RUNNING"')) text += (await reader.read()).value ?? '';
    await registry.revoke(client);
    await tell('RUNNING', 1);
    await running.base.owner.query(`select pg_notify('cross_check', $1)`, [id]);
    let rest = '';
    for (let part = await reader.read(); !part.done; part = await reader.read()) rest += part.value;
    const told = rest.split('\n\n').filter((event) => event.startsWith('event:'));
    expect(told).toEqual([expect.stringContaining('GRANT_NOT_IN_FORCE'), expect.stringMatching(/^event: complete/)]);
    expect(rest).not.toContain('"done":1');
  });
});
