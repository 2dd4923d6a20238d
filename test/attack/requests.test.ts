import { randomUUID } from 'node:crypto';
import { buildSchema, getNamedType, isObjectType, type GraphQLSchema } from 'graphql';
import { committedSupergraph } from '../../src/cli/committed-supergraph';
import { FAULTS } from '../../src/errors';
import { publicSchema } from '../../src/server/public-schema';
import { canaries, numbersIn, tablesAsText } from '../support/canaries';
import { checked, progressOf, requestCheck } from '../support/checks';
import { callsOf, forgetAnswers, honestFiles, officerOf, purposeOf, type File } from '../support/files';
import { openRunningHub, type Asked, type RunningHub, type Who } from '../support/running-hub';

let running: RunningHub;
let files: File[];
let file: File;
beforeAll(async () => {
  running = await openRunningHub();
  files = await honestFiles(running);
  file = files[0]!;
}, 60_000);
afterAll(() => running.close());

const supergraph = buildSchema(committedSupergraph(), { assumeValid: true, assumeValidSDL: true });

/** Arguments of everything that can be asked, the acts of officers aside: who cannot name a value cannot probe for it. */
function argumentsOf(schema: GraphQLSchema): Set<string> {
  const mutations = schema.getMutationType();
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && type !== mutations && !type.name.startsWith('__'));
  const fields = types.flatMap((type) => (isObjectType(type) ? Object.values(type.getFields()) : []));
  return new Set(fields.flatMap(({ args }) => args.map(({ name, type }) => `${name}: ${getNamedType(type).name}`)));
}

describe('the schema', () => {
  it('takes ids, region codes, codes of ours and pages, and nothing to filter, sort, group or search by', () => {
    const known = ['id: ID', 'code: String', 'parent: String', 'region: String', 'first: Int', 'after: String'];
    expect([...argumentsOf(supergraph)].filter((argument) => !known.includes(argument))).toEqual([]);
  });

  it('of the public takes a region and a page, and holds no type but those of the roster', () => {
    const schema = publicSchema();
    expect([...argumentsOf(schema)].sort()).toEqual(['after: String', 'first: Int', 'region: String']);
    const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !type.name.startsWith('__'));
    expect(types.map(({ name }) => name).sort()).toEqual([
      ...['PageInfo', 'Query', 'RegisteredObject', 'RegisteredObjectConnection', 'RegisteredObjectEdge'],
    ]);
  });
});

/** What distinguishes two answers, the names of request and path aside. */
const shapeOf = ({ status, data, errors }: Asked<unknown>) => ({
  ...{ status, data },
  errors: errors.map(({ extensions: { requestId: _requestId, ...extensions }, ...rest }) => ({ ...rest, extensions })),
});

describe('a record of another county', () => {
  const BY_ID = {
    household: 'query ($id: ID!) { household(id: $id) { fileNumber members { person { name } } } }',
    person: 'query ($id: ID!) { person(id: $id) { name birthDate idNumber } }',
    letter: 'query ($id: ID!) { letter(id: $id) { signedOn members { person { name } } } }',
    crossCheck: 'query ($id: ID!) { crossCheck(id: $id) { state households { nodes { state } } } }',
    closeCase: 'mutation ($id: ID!) { closeCase(caseId: $id) { id } }',
    endLetter: 'mutation ($id: ID!) { endLetter(letterId: $id, reason: WITHDRAWN) { id } }',
    openCase: 'mutation ($id: ID!) { openCase(input: {householdId: $id, kind: RE_CHECK, programme: LOW_RENT, applicantId: $id}) { id } }',
    requestCrossCheck: `mutation ($id: ID!) { requestCrossCheck(input: {clientKey: "k", purpose: "ADMISSION_REVIEW", households: [$id]}) { id } }`,
  };
  let stranger: Who;
  let ids: Record<keyof typeof BY_ID, string>;
  beforeAll(async () => {
    stranger = { role: 'COUNTY_HOUSING', region: file.region.startsWith('15') ? '450102' : '150402', sub: 'stranger' };
    const { id } = await checked(running, officerOf(file), file.householdId);
    const { householdId, caseId, letterId } = file;
    const own = { household: householdId, person: file.members[0]!.id, letter: letterId, crossCheck: id };
    ids = { ...own, closeCase: caseId, endLetter: letterId, openCase: householdId, requestCrossCheck: householdId };
  });

  it.each(Object.keys(BY_ID) as (keyof typeof BY_ID)[])('by %s looks like one that never was', async (verb) => {
    const ask = async (id: string) => shapeOf(await running.ask(stranger, BY_ID[verb], { variables: { id } }));
    const there = await ask(ids[verb]);
    expect(there.errors.map(({ extensions }) => extensions.code)).toEqual(['NOT_FOUND']);
    for (const id of [randomUUID(), '1', file.members[0]!.idNumber, "' or 1=1 --", '\u0000']) expect([id, await ask(id)]).toEqual([id, there]);
  });

  it('does not stand in a list, cannot be followed, and lends no purpose', async () => {
    const list = await running.ask<{ households: { nodes: unknown[] } }>(stranger, 'query ($r: String!) { households(region: $r) { nodes { id } } }', {
      variables: { r: file.region },
    });
    expect(list.data.households.nodes).toEqual([]);
    for (const id of [ids.crossCheck, randomUUID()]) await expect(progressOf(running, stranger, id).next()).rejects.toThrow(/NOT_FOUND/);
    const query = 'mutation ($caseId: ID!, $letterId: ID!) { mintPurposeToken(caseId: $caseId, letterId: $letterId) }';
    const mint = async (variables: object) => shapeOf(await running.ask(stranger, query, { variables: { ...variables } }));
    const { caseId, letterId } = file;
    expect(await mint({ caseId, letterId })).toEqual(await mint({ caseId: randomUUID(), letterId: randomUUID() }));
    const purpose = await purposeOf(running, { ...officerOf(file), sub: 'stranger' }, file);
    const { status, errors } = await running.ask(stranger, '{ __typename }', { purpose });
    expect([status, errors[0]!.extensions.code]).toEqual([403, 'PURPOSE_DEAD']);
  });
});

const HOUSEHOLD = '{"query":"query ($id: ID!) { household(id: $id) { id } }","variables":';
const CLERK = (input: string) => `{"query":"mutation ($input: OpenCaseInput!) { openCase(input: $input) { id } }","variables":{"input":${input}}}`;
const ID = '"00000000-0000-4000-8000-000000000000"';
const deep = `{ household(id: "x") ${'{ letters { household '.repeat(8)} { id } ${'} }'.repeat(8)} }`;

/** What nobody should send. [what, body, content type] */
const BAD: [string, string, string?][] = [
  ['half a JSON text', '{"query":"{ __typename }'],
  ['nothing', ''],
  ['a list', '[{"query":"{ __typename }"}]'],
  ['a number', '17'],
  ['a null byte for JSON', '\u0000'],
  ['a query that is a number', '{"query":1}'],
  ['a form', 'query=%7B__typename%7D', 'application/x-www-form-urlencoded'],
  ['plain text', '{ __typename }', 'text/plain'],
  ['XML', '<query/>', 'application/xml'],
  ['seven megabytes', JSON.stringify({ query: ' '.repeat(7_000_000) })],
  ['a deep query', JSON.stringify({ query: deep })],
  ['many aliases', JSON.stringify({ query: `{ ${Array.from({ length: 100 }, (_, at) => `a${at}: __typename`).join(' ')} }` })],
  ['many roots', JSON.stringify({ query: `{ ${Array.from({ length: 900 }, (_, at) => `a${at}: purposes { code }`).join(' ')} }` })],
  ['an object for an id', `${HOUSEHOLD}{"id":{"number":1}}}`],
  ['true for an id', `${HOUSEHOLD}{"id":true}}`],
  ['a fraction for an id', `${HOUSEHOLD}{"id":1.5}}`],
  ['a forged cursor', '{"query":"{ households(region: \\"15\\", after: \\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\\") { nodes { id } } }"}'],
  ['an empty cursor', '{"query":"{ households(region: \\"15\\", after: \\"\\") { nodes { id } } }"}'],
  ['a page of nothing', '{"query":"{ households(region: \\"15\\", first: 0) { nodes { id } } }"}'],
  ['a page of minus one', '{"query":"{ households(region: \\"15\\", first: -1) { nodes { id } } }"}'],
  ['a page beyond 32 bits', '{"query":"{ households(region: \\"15\\", first: 99999999999) { nodes { id } } }"}'],
  ['an unknown region', '{"query":"{ households(region: \\"99\\") { nodes { id } } }"}'],
  ['a padded region', '{"query":"{ region(code: \\"150000\\") { name } }"}'],
  ['a null byte for a region', '{"query":"{ households(region: \\"15\\\\u0000\\") { nodes { id } } }"}'],
  ['an unknown parameter code', '{"query":"{ parameters(region: \\"15\\", code: \\"a\\\\u0000\\") { code } }"}'],
  ['a day that is none', CLERK(`{"householdId":${ID},"kind":"APPLICATION","programme":"LOW_RENT","applicantId":${ID},"submittedOn":"2026-02-30"}`)],
  ['a day of year ten thousand', CLERK(`{"householdId":${ID},"kind":"APPLICATION","programme":"LOW_RENT","applicantId":${ID},"submittedOn":"10000-01-01"}`)],
  ['a day that is a number', CLERK(`{"householdId":${ID},"kind":"APPLICATION","programme":"LOW_RENT","applicantId":${ID},"submittedOn":20261122}`)],
  ['an unknown enum value', CLERK(`{"householdId":${ID},"kind":"GIFT","programme":"LOW_RENT","applicantId":${ID}}`)],
  ['a number of somebody for a day', CLERK(`{"householdId":${ID},"kind":"APPLICATION","programme":"LOW_RENT","applicantId":${ID},"submittedOn":"150402198605121127"}`)],
  ['a number of somebody for money', CLERK(`{"householdId":${ID},"kind":"APPLICATION","programme":"LOW_RENT","applicantId":${ID},"declaredIncomeFen":"150402198605121127"}`)],
  ['a name for a day', CLERK(`{"householdId":${ID},"kind":"APPLICATION","programme":"LOW_RENT","applicantId":${ID},"submittedOn":["萨仁花"]}`)],
  ['a number in place of a day in the query', `{"query":"mutation { openCase(input: {householdId: 1, applicantId: 2, kind: RE_CHECK, programme: LOW_RENT, submittedOn: \\"150402198605121127\\"}) { id } }"}`],
  ['money in yuan and fen', CLERK(`{"householdId":${ID},"kind":"APPLICATION","programme":"LOW_RENT","applicantId":${ID},"declaredIncomeFen":0.5}`)],
  ['more money than there is', CLERK(`{"householdId":${ID},"kind":"APPLICATION","programme":"LOW_RENT","applicantId":${ID},"declaredIncomeFen":1e300}`)],
  ['a field too many', CLERK(`{"householdId":${ID},"kind":"APPLICATION","programme":"LOW_RENT","applicantId":${ID},"idNumber":"150402198605121127"}`)],
  ['a field that is not there', '{"query":"{ households(region: \\"15\\") { nodes { idNumber } } }"}'],
  ['entities', '{"query":"{ _entities(representations: [{__typename: \\"Person\\", id: 1}]) { __typename } }"}'],
  ['the machinery', '{"query":"{ _service { sdl } }"}'],
];

/** Acts that are refused while they run, with null for data. [what, query, variables] */
const REFUSED: [string, string, object][] = [
  ...(['', '\u0000', 'NOSUCH', 'A'.repeat(1000)] as const).map((purpose): [string, string, object] => [
    `a cross-check for the purpose ${JSON.stringify(purpose).slice(0, 12)}`,
    'mutation ($input: RequestCrossCheckInput!) { requestCrossCheck(input: $input) { id } }',
    { input: { clientKey: 'key', purpose, households: ['00000000-0000-4000-8000-000000000000'] } },
  ]),
  ...(['', '\u0000', '\n', 'x'.repeat(101), '150402198605121127'] as const).map((clientKey): [string, string, object] => [
    `a cross-check under the key ${JSON.stringify(clientKey).slice(0, 12)}`,
    'mutation ($input: RequestCrossCheckInput!) { requestCrossCheck(input: $input) { id } }',
    { input: { clientKey, purpose: 'ADMISSION_REVIEW', households: ['00000000-0000-4000-8000-000000000000'] } },
  ]),
  ['a cross-check of nobody', 'mutation ($input: RequestCrossCheckInput!) { requestCrossCheck(input: $input) { id } }', { input: { clientKey: 'k', purpose: 'ADMISSION_REVIEW', households: [] } }],
  ['a cross-check as of tomorrow year', 'mutation ($input: RequestCrossCheckInput!) { requestCrossCheck(input: $input) { id } }', { input: { clientKey: 'k', purpose: 'ADMISSION_REVIEW', households: [randomUUID()], asOf: '2999-01-01' } }],
  ['a sheet that is none', 'mutation ($csv: String!) { importHouseholds(region: "150402", csv: $csv) { rows } }', { csv: '"\u0000' }],
  ['a sheet of another region', 'mutation ($csv: String!) { importHouseholds(region: "450102", csv: $csv) { rows } }', { csv: '' }],
];

describe('bad input', () => {
  const post = async (body: string, type = 'application/json') => {
    const authorization = `Bearer ${await running.issuer.mint({ ...officerOf(file) })}`;
    return running.send('/graphql', { method: 'POST', headers: { 'content-type': type, authorization }, body });
  };
  const faultOf = (text: string) => (JSON.parse(text) as { errors: Asked<unknown>['errors'] }).errors[0]!;

  it.each(BAD.map(([what, body, type = 'application/json']) => [what, body, type]))('%s is refused with 4xx, a code of the catalogue and a remedy', async (_what, body, type) => {
    const { status, text, headers } = await post(body, type);
    const { message, extensions } = faultOf(text);
    expect(headers.get('content-type')).toMatch(/json/);
    const { code, remedy } = extensions;
    expect([status >= 400 || status === 200, status < 500, Object.keys(FAULTS).includes(code)]).toEqual([true, true, true]);
    expect([code === 'INTERNAL', remedy, message]).toEqual([false, FAULTS[code as keyof typeof FAULTS].remedy, expect.stringMatching(/\p{Script=Han}/u)]);
    expect(text).not.toMatch(/15040219860512112|萨仁花|node_modules|at .*\.[jt]s:|select |"stack"/);
  });

  it.each(REFUSED)('%s is refused with a code of the catalogue, and nothing is written', async (_what, query, variables) => {
    const written = async () => (await running.base.owner.query('select count(*) from write_entry')).rows;
    const before = await written();
    const { status, errors, text } = await running.ask({ ...officerOf(file), region: '150402' }, query, { variables: { ...variables } });
    expect(status).toBeLessThan(500);
    const [fault] = errors;
    expect([Object.keys(FAULTS).includes(fault!.extensions.code), fault!.extensions.code === 'INTERNAL']).toEqual([true, false]);
    expect(text).not.toContain('150402198605121127');
    expect(await written()).toEqual(before);
  });

  it('nobody’s token, a stale one and another issuer’s are all answered alike', async () => {
    const mint = (claims: object) => running.issuer.mint({ ...officerOf(file), ...claims });
    const tokens = ['', 'x.y.z', await mint({ exp: 1 }), await mint({ iss: 'http://elsewhere' }), await mint({ role: 'GOD' }), await mint({ region: '99' }), await mint({ aud: ['anju-hub', 'x'] })];
    const said: string[] = [];
    for (const token of tokens) {
      const { status, text } = await running.send('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'x-request-id': 'same' },
        body: '{"query":"{ __typename }"}',
      });
      said.push(`${status} ${text}`);
    }
    expect(said[0]).toMatch(/^401 .*UNAUTHENTICATED/);
    expect(said).toEqual(tokens.map(() => said[0]));
  });
});

const LOOK = `query ($id: ID!) { household(id: $id) { members { declaredName person { name idNumber
  property { status value { ownedAreaCm2 } } vehicle { status value { unpricedVehicles } }
  civilAffairs { status value { allowanceClass } } providentFund { status value { monthsPaid } } } } } }`;

describe('the read log', () => {
  it('has one entry for each person, source and set of fields of a look, with purpose, case and letter', async () => {
    await forgetAnswers(running);
    const purpose = await purposeOf(running, officerOf(file), file);
    for (const requestId of ['look-live', 'look-stored']) {
      await running.ask(officerOf(file), LOOK, { variables: { id: file.householdId }, purpose, headers: { 'x-request-id': requestId } });
      const { rows } = await running.base.owner.query<{ person_id: string; source: string; fields: string[] }>(
        'select person_id, source, fields, subject, role, purpose, case_id, letter_id from read_entry where request_id = $1',
        [requestId],
      );
      const looks = { housing: [['declaredName'], ['idNumber', 'name']], property: [['ownedAreaCm2']], vehicle: [['unpricedVehicles']] };
      const all = { ...looks, 'civil-affairs': [['allowanceClass']], 'provident-fund': [['monthsPaid']] };
      const expected = file.members.flatMap(({ id }) =>
        Object.entries(all).flatMap(([source, sets]) => sets.map((fields) => ({ person_id: id, source, fields, purpose: 'ADMISSION_REVIEW' }))),
      );
      expect(rows).toHaveLength(expected.length);
      const bound = { subject: 'officer', role: 'COUNTY_HOUSING', case_id: file.caseId, letter_id: file.letterId };
      for (const entry of expected) expect(rows).toContainEqual({ ...entry, ...bound });
    }
  });

  it('that cannot be written lets nothing out: no name, no answer, no report, and no call leaves', async () => {
    const { id } = await checked(running, officerOf(files[1]!), files[1]!.householdId);
    const purpose = await purposeOf(running, officerOf(file), file);
    await forgetAnswers(running);
    running.sandbox.control.resetCounts();
    await running.base.owner.query('revoke insert on read_entry from anju_audit_writer');
    try {
      const household = await running.ask(officerOf(file), LOOK, { variables: { id: file.householdId }, purpose });
      const person = await running.ask(officerOf(file), 'query ($id: ID!) { person(id: $id) { name property { status value { ownedAreaCm2 } } } }', {
        ...{ variables: { id: file.members[0]!.id }, purpose },
      });
      const report = await running.ask(officerOf(files[1]!), 'query ($id: ID!) { crossCheck(id: $id) { households { nodes { report { canonical } } } } }', { variables: { id } });
      for (const { text, errors } of [household, person, report]) {
        expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['INTERNAL']));
        expect(text).not.toMatch(/FOUND|anju\/cross-check/);
        for (const { name } of [...file.members, ...files[1]!.members]) expect(text).not.toContain(name);
      }
      expect(callsOf(running)).toEqual({ property: 0, vehicle: 0, 'civil-affairs': 0, 'provident-fund': 0 });
    } finally {
      await running.base.owner.query('grant insert on read_entry to anju_audit_writer');
    }
  });
});

describe('free text of a caller', () => {
  /** The number of somebody in the file, in the sheet's file number, the letter's notice and the key of a cross-check. */
  const acts = (number: string): [field: string, query: string, variables: object][] => [
    ['clientKey', 'mutation ($input: RequestCrossCheckInput!) { requestCrossCheck(input: $input) { id } }', {
      input: { clientKey: `家庭 ${number}`, purpose: 'ADMISSION_REVIEW', households: [file.householdId] },
    }],
    ['noticeVersion', 'mutation ($input: RegisterLetterInput!) { registerLetter(input: $input) { id } }', {
      input: {
        ...{ caseId: file.caseId, purpose: 'ADMISSION_REVIEW', sources: ['property'], noticeVersion: `v1-${number}` },
        ...{ signedOn: '2026-11-01', validUntil: '2099-01-01', members: file.members.map(({ id }) => ({ personId: id, signature: 'SELF' })) },
      },
    }],
  ];

  it('that carries a citizen number is refused by the field it stands in', async () => {
    for (const [field, query, variables] of acts(file.members[0]!.idNumber)) {
      const { errors, text } = await running.ask(officerOf(file), query, { variables: { ...variables } });
      expect(errors[0]!.extensions).toMatchObject({ code: 'INVALID_INPUT', field });
      expect(text).not.toContain(file.members[0]!.idNumber);
    }
  });

  it('in a sheet is refused by the row: a file goes by a number of its own', async () => {
    const csv = `档案编号,登记日期,与申请人关系,姓名,公民身份号码\n${file.members[0]!.idNumber},2026-01-05,申请人,王小花,150402198605121127`;
    const query = `mutation ($csv: String!, $region: String!) { importHouseholds(region: $region, csv: $csv) { created problems { row field code } } }`;
    const { data } = await running.ask(officerOf(file), query, { variables: { csv, region: file.region } });
    expect(data).toEqual({ importHouseholds: { created: 0, problems: [{ row: 2, field: 'fileNumber', code: 'INVALID_INPUT' }] } });
  });
});

describe('after all these requests', () => {
  it('no citizen number stands in clear in any table, log line or answer', async () => {
    const numbers = await canaries(running);
    for (const [table, text] of await tablesAsText(running)) expect([table, numbersIn(text, numbers)]).toEqual([table, []]);
    expect(numbersIn(running.logged.join(''), numbers)).toEqual([]);
  });
});
