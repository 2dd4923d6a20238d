import { graphql, type GraphQLSchema } from 'graphql';
import { connectors } from '../../connectors';
import { classificationOf } from '../../src/access/classification';
import type { PurposeGrant, Role } from '../../src/access/viewer';
import type { Answer, Question } from '../../src/exchange/contract';
import { factsOf } from '../../src/exchange/fact';
import { agencySubgraph } from '../../src/exchange/resolver';
import { makeSubgraph, subgraphSdl } from '../../src/server/subgraph';
import { emitSupergraph } from '../../src/server/supergraph';
import { limits } from '../support/partners';

const PERSONS = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
const FLAT = { areaCm2: 895_000, areaKind: 'GROSS', shareBp: 10_000 };

const parts = connectors.map(agencySubgraph);
const subgraphs = parts.map((each) => makeSubgraph(each, { now: () => new Date(), maskOf: () => 'STRICT_6_1' }));
const schemaOf = (name: string): GraphQLSchema => subgraphs.find((subgraph) => subgraph.name === name)!.schema;
const allFields = connectors.flatMap(({ name, record }) =>
  [...factsOf(record).keys()].map((fact) => `${name}.${fact}`),
);

const grant = (change: Partial<PurposeGrant> = {}): PurposeGrant => ({
  purpose: 'ADMISSION_REVIEW',
  caseId: 'c',
  letterId: 'l',
  householdId: 'h',
  regionCode: '150402',
  persons: new Set(PERSONS),
  sources: new Set(connectors.map(({ name }) => name)),
  fields: new Set(allFields),
  ...change,
});

const answerTo = ({ source, fields }: Question, personId: string): Answer => ({
  id: 'a',
  personId,
  status: 'FOUND',
  value: { units: [FLAT], ownedAreaCm2: 895_000, spouseName: '李四', spouseIdNumber: '11010519491231002X' },
  source,
  sourceRecordId: 'BDC-1',
  asOf: new Date('2026-11-20T16:00:00Z'),
  fetchedAt: new Date('2026-11-22T02:00:00Z'),
  coverage: { regions: ['15'], from: '2000-01-01', to: null },
  letterId: 'l',
  queryId: 'q',
  fields,
  reason: null,
  askedAt: new Date('2026-11-22T02:00:00Z'),
  dueAt: null,
  retryAt: null,
});

interface Reader {
  readonly role?: Role;
  readonly partner?: readonly string[];
  readonly purpose?: PurposeGrant | null;
}

interface AnswerSeen {
  readonly reason: string | null;
  readonly value: unknown;
}
type PersonSeen = Readonly<Record<string, AnswerSeen>>;

/** Runs a selection on two persons against an exchange that notes what it is asked. */
async function read(
  source: string,
  selection: string,
  { role = 'COUNTY_HOUSING', partner, purpose = grant() }: Reader = {},
) {
  const asked: Question[] = [];
  const exchange = {
    ask: async (question: Question) => {
      asked.push(question);
      return new Map(question.asks.map(({ personId }) => [personId, answerTo(question, personId)]));
    },
  };
  const viewer = {
    subject: 's',
    role,
    office: '15',
    regions: ['150402'],
    ...(partner ? { partner: limits([], partner) } : {}),
  };
  const { data, errors } = await graphql({
    schema: schemaOf(source),
    source: `query ($keys: [_Any!]!) { _entities(representations: $keys) { ... on Person { id ${selection} } } }`,
    variableValues: { keys: PERSONS.map((id) => ({ __typename: 'Person', id })) },
    contextValue: { viewer, purpose, requestId: 'r', hub: { exchange }, loaders: new Map() },
  });
  expect(errors).toBeUndefined();
  return { asked, people: (data as { _entities: unknown })._entities as PersonSeen[] };
}

describe('an agency\u2019s field on Person', () => {
  it('asks once a request for all people, all aliases and all fragments together', async () => {
    const { asked, people } = await read(
      'property',
      'a: property { ... on PropertyAnswer { value { u: units { areaCm2 } } } } b: property { status value { ownedAreaCm2 } }',
    );
    expect(asked).toHaveLength(1);
    expect(asked[0]!.asks.map(({ personId }) => personId)).toEqual(PERSONS);
    expect(asked[0]!.fields).toEqual(['units', 'ownedAreaCm2']);
    expect(people[1]).toMatchObject({
      a: { value: { u: [{ areaCm2: 895_000 }] } },
      b: { status: 'FOUND', value: { ownedAreaCm2: 895_000 } },
    });
  });

  it('asks for nothing that is skipped', async () => {
    const { asked } = await read(
      'property',
      'property { value { ownedAreaCm2 } ... @skip(if: true) { value { units { areaCm2 } } } }',
    );
    expect(asked[0]!.fields).toEqual(['ownedAreaCm2']);
  });

  it('asks only for fields selected, permitted and named in the purpose', async () => {
    const both = 'property { value { units { areaCm2 } ownedAreaCm2 } }';
    const purpose = grant({ fields: new Set(['property.ownedAreaCm2']) });
    expect((await read('property', both, { purpose })).asked[0]!.fields).toEqual(['ownedAreaCm2']);
    const partner = await read('property', both, { role: 'PARTNER_SYSTEM', partner: ['property.units'] });
    expect(partner.asked[0]!.fields).toEqual(['units']);
    const civil = 'civilAffairs { status reason value { spouseName spouseIdNumber } }';
    const overseer = await read('civil-affairs', civil, { role: 'AUDITOR' });
    expect(overseer.asked[0]!.fields).toEqual(['spouseName']);
  });

  it('asks for one fact where only the envelope is selected', async () => {
    const purpose = grant({ fields: new Set(['property.ownedAreaCm2']) });
    expect((await read('property', 'property { status }', { purpose })).asked[0]!.fields).toEqual(['ownedAreaCm2']);
    expect((await read('property', 'property { status }')).asked[0]!.fields).toEqual(['units']);
  });

  it.each<[string, string, string, Reader]>([
    ['no purpose', 'property', 'PURPOSE_REQUIRED', { purpose: null }],
    [
      'a letter that does not name the source',
      'property',
      'LETTER_NOT_COVERING',
      { purpose: grant({ sources: new Set(['vehicle']) }) },
    ],
    [
      'a letter that covers neither person',
      'property',
      'LETTER_NOT_COVERING',
      { purpose: grant({ persons: new Set() }) },
    ],
    ['a role that may not see such facts', 'vehicle', 'FIELDS_NOT_PERMITTED', { role: 'STREET_OFFICER' }],
  ])('answers REFUSED and asks nobody: %s', async (_what, source, reason, reader) => {
    const { asked, people } = await read(source, `${source} { status reason source value { __typename } }`, reader);
    expect(asked).toEqual([]);
    expect(people.map((person) => person[source])).toEqual(
      PERSONS.map(() => ({ status: 'REFUSED', reason, source, value: null })),
    );
  });

  it('refuses the person the letter does not cover beside one it does', async () => {
    const { asked, people } = await read('property', 'property { status reason }', {
      purpose: grant({ persons: new Set([PERSONS[0]!]) }),
    });
    expect(asked[0]!.asks.map(({ personId }) => personId)).toEqual([PERSONS[0]]);
    expect(people.map(({ property }) => property!.reason)).toEqual([null, 'LETTER_NOT_COVERING']);
  });

  it('shows values in clear to whom the purpose opens them', async () => {
    const { people } = await read('civil-affairs', 'civilAffairs { value { spouseName spouseIdNumber } }');
    expect(people[0]!.civilAffairs!.value).toEqual({ spouseName: '李四', spouseIdNumber: '11010519491231002X' });
  });

  it('classifies every fact of every record, and composes beside the other agencies', () => {
    for (const { record } of connectors)
      for (const fact of factsOf(record).keys()) expect(classificationOf(record.name, fact)).toBeDefined();
    const supergraph = emitSupergraph([...parts.map(subgraphSdl), { name: 'housing', sdl: HOUSING }]);
    for (const { graphqlField } of connectors) expect(supergraph).toContain(`  ${graphqlField}: `);
  });
});

const HOUSING = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.6", import: ["@key"])
  type Query { person(id: ID!): Person } type Person @key(fields: "id") { id: ID! name: String }`;
