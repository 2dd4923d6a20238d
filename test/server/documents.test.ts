import { openStage, UNCOUNTED, type Stage } from './support/stage';
import { toy } from './support/toy';

let stage: Stage;
beforeAll(async () => void (stage = await openStage({ subgraphs: [toy], settings: UNCOUNTED })));
afterAll(() => stage.close());

const asked = (query: string, variables?: Record<string, unknown>, operationName?: string) =>
  stage.ask(query, { variables, operationName });

/** Documents that are valid and unusual, and what they answer. */
const ANSWERED: [string, unknown][] = [
  ['{ __typename }', { __typename: 'Query' }],
  ['{ __typename people { __typename id } }', { __typename: 'Query', people: [{ __typename: 'ToyPerson', id: 'p0' }] }],
  ['{ ... on Query { people { id } } }', { people: [{ id: 'p0' }] }],
  ['{ ...A } fragment A on Query { people { ...B } } fragment B on ToyPerson { id }', { people: [{ id: 'p0' }] }],
  ['query ($yes: Boolean = true) { people @include(if: $yes) { id } }', { people: [{ id: 'p0' }] }],
  ['query ($yes: Boolean = true) { people @skip(if: $yes) { id } }', {}],
  ['query ($first: Int = 2) { people(first: $first) { id } }', { people: [{ id: 'p0' }, { id: 'p1' }] }],
  [
    '{ a: people { id } b: people(first: 2) { nickname } }',
    { a: [{ id: 'p0' }], b: [{ nickname: '小花' }, { nickname: '小花' }] },
  ],
  ['{ people { id } people { nickname } }', { people: [{ id: 'p0', nickname: '小花' }] }],
  [
    '{ people { id ...A id nickname nickname } } fragment A on ToyPerson { nickname }',
    { people: [{ id: 'p0', nickname: '小花' }] },
  ],
  [
    'query ($no: Boolean = false) { people(first: 2) { id } people(first: 2) @include(if: $no) { name } people(first: 2) { nickname } }',
    {
      people: [
        { id: 'p0', nickname: '小花' },
        { id: 'p1', nickname: '小花' },
      ],
    },
  ],
  ['{ __type(name: "Query") { name } }', { __type: { name: 'Query' } }],
];

describe('a document', () => {
  it.each(ANSWERED)('%s is answered, compiled or not', async (query, data) => {
    for (let time = 0; time < 4; time++) {
      const answer = await asked(query);
      expect([answer.status, answer.data, answer.errors]).toEqual([200, data, []]);
    }
  });

  it.each([
    '{ __schema { types { name } } people { id } }',
    '{ ...A } fragment A on Query { __schema { types { name } } }',
    '{ ... on Query { __type(name: "Query") { name } } }',
    'query A { __schema { types { name } } } query B { people { id } }',
    'subscription { tick unlistedTick }',
    'subscription { __typename }',
    'mutation { people { id } }',
    '{ people @defer { id } }',
    '{ ...A } fragment A on Query { ...A }',
    'fragment A on Query { people { id } }',
    '"""a""" { people { id } }',
    '{ people(first: 1.5) { id } }',
    '{ people(first: 99999999999999999999) { id } }',
    '{ people(first: null) { id } } }',
    '\u0000',
    'subscription { tick @skip }',
    'subscription { tick @include(if: 1) }',
    'subscription { ... @skip { tick } }',
    '{ __typename: people { id } }',
    '{ people { __schema: id } }',
  ])('%s is refused as the asker’s fault', async (query) => {
    const { status, errors } = await asked(query, undefined, 'B');
    expect([status, errors[0]!.extensions.code]).toEqual([400, 'INVALID_QUERY']);
  });

  it('of several operations runs the one that is named', async () => {
    const document = 'query B { people { id } } query A { __typename } query C { refused }';
    expect((await asked(document, undefined, 'A')).data).toEqual({ __typename: 'Query' });
    expect((await asked(document, undefined, 'B')).data).toEqual({ people: [{ id: 'p0' }] });
    expect((await asked(document, undefined, 'C')).errors[0]!.extensions.code).toBe('CASE_CLOSED');
    expect((await asked(document, undefined, 'D')).errors[0]!.extensions).toMatchObject({
      code: 'INVALID_QUERY',
      field: 'operationName',
    });
  });
});
