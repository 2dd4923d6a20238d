import fc from 'fast-check';
import { openStage, type Stage } from '../server/support/stage';
import { seedProperties } from '../support/seed';
import { aDocument, LARGEST, render, weigh } from './support/documents';
import { tree } from './support/tree';
import { NOTHING, refusalIn, refusedBy, watchHub, type Refusal } from './support/watch';

seedProperties();

const TIGHT = {
  LIMIT_CLIENT_REQUESTS: 1_000_000,
  ...{
    LIMIT_CHARACTERS: 2000,
    LIMIT_TOKENS: 200,
    LIMIT_NESTING: 20,
    LIMIT_REPEATS: 10,
    LIMIT_LIST: 30,
    LIMIT_VALUES: 100,
  },
  ...{ LIMIT_DEPTH: LARGEST.depth, LIMIT_ALIASES: LARGEST.aliases },
  ...{ LIMIT_DIRECTIVES: LARGEST.directives, LIMIT_COST: LARGEST.cost },
};
const settings = Object.fromEntries(Object.entries(TIGHT).map(([name, value]) => [name, String(value)]));

let stage: Stage;
let token: string;
let deeds: ReturnType<typeof watchHub>;
beforeAll(async () => {
  stage = await openStage({ subgraphs: [tree], settings });
  token = await stage.issuer.mint();
  deeds = watchHub(stage.hub);
});
afterAll(() => stage.close());

const post = (body: string) =>
  fetch(`${stage.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body,
  });
const ask = (query: string, variables?: object) => post(JSON.stringify({ query, variables }));

const many = (count: number, each: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => each(at)).join(' ');
const nested = (depth: number): string => (depth === 1 ? 'id' : `child { ${nested(depth - 1)} }`);
const inLists = (depth: number): unknown => (depth === 0 ? 1 : [inLists(depth - 1)]);
const WITH_IDS = 'query ($ids: [ID!]!) { trees(ids: $ids) { id } }';
const WITH_FIRST = 'query ($first: Int!) { tree { page(first: $first) { id } } }';
const DOUBLING = `{ tree { ...F0 } } ${many(9, (at) => `fragment F${at} on Tree { ...F${at + 1} child { ...F${at + 1} } }`)} fragment F9 on Tree { id }`;

const costly = (limit: string, field = 'query') => [limit, 'QUERY_TOO_COSTLY', field] as const;
type Case = [
  what: string,
  expected: readonly [string, string, string],
  over: [string, object?],
  within: [string, object?],
];

/** Each limit: a request just over it, and one just within. */
const CASES: Case[] = [
  [
    'characters',
    costly('LIMIT_CHARACTERS'),
    [`{ tree { id } }${' '.repeat(2000 - 14)}`],
    [`{ tree { id } }${' '.repeat(2000 - 15)}`],
  ],
  [
    'tokens',
    costly('LIMIT_TOKENS'),
    [`{ tree { ${many(196, () => 'id')} } }`],
    [`query ($x: [ID!]! = [${many(30, () => '"1"')}]) { trees(ids: $x) { id } }`],
  ],
  [
    'brackets',
    costly('LIMIT_NESTING'),
    [`{ tree(x: ${'['.repeat(20)}${']'.repeat(20)}) { id } }`],
    ['{ tree { ...{ ...{ ...{ ...{ ...{ ...{ ...{ id } } } } } } } } }'],
  ],
  [
    'depth',
    costly('LIMIT_DEPTH'),
    [`{ tree { ${nested(LARGEST.depth)} } }`],
    [`{ tree { ${nested(LARGEST.depth - 1)} } }`],
  ],
  [
    'depth by fragments',
    costly('LIMIT_DEPTH'),
    [DOUBLING],
    ['{ tree { ...A } } fragment A on Tree { child { ...B } } fragment B on Tree { id }'],
  ],
  [
    'aliases',
    costly('LIMIT_ALIASES'),
    [`{ ${many(LARGEST.aliases + 1, (at) => `a${at}: __typename`)} }`],
    [`{ ${many(LARGEST.aliases, (at) => `a${at}: __typename`)} }`],
  ],
  [
    'aliases by fragments',
    costly('LIMIT_ALIASES'),
    ['{ tree { ...A child { ...A } } } fragment A on Tree { a: id b: id }'],
    ['{ tree { ...A } } fragment A on Tree { a: id b: id c: id }'],
  ],
  [
    'directives',
    costly('LIMIT_DIRECTIVES'),
    [`{ tree { id ${many(LARGEST.directives + 1, () => '@skip')} } }`],
    ['{ tree @skip(if: false) { id @include(if: true) } }'],
  ],
  [
    'repeats',
    costly('LIMIT_REPEATS'),
    [`{ tree { ${many(12, () => 'id')} } }`],
    [`{ tree { ${many(11, () => 'id')} } }`],
  ],
  [
    'rows of pages',
    costly('LIMIT_COST'),
    ['{ tree { page(first: 100) { page(first: 5) { id } } } }'],
    ['{ tree { page(first: 10) { page(first: 40) { id } } } }'],
  ],
  [
    'rows by a variable',
    costly('LIMIT_COST'),
    ['query ($n: Int!) { tree { page(first: $n) { page(first: 10) { id } } } }', { n: 50 }],
    ['query ($n: Int!) { tree { page(first: $n) { page(first: 10) { id } } } }', { n: 40 }],
  ],
  [
    'rows by a default',
    costly('LIMIT_COST'),
    ['query ($n: Int! = 50) { tree { page(first: $n) { page(first: 10) { id } } } }'],
    ['query ($n: Int! = 40) { tree { page(first: $n) { page(first: 10) { id } } } }'],
  ],
  [
    'rows by a list of ids',
    costly('LIMIT_COST'),
    ['query ($ids: [ID!]!) { trees(ids: $ids) { page(first: 20) { id } } }', { ids: Array(30).fill('1') }],
    ['query ($ids: [ID!]!) { trees(ids: $ids) { page(first: 14) { id } } }', { ids: Array(30).fill('1') }],
  ],
  [
    'introspection',
    costly('LIMIT_COST'),
    [
      '{ __schema { types { fields { args { name type { name ofType { name } } } type { fields { name args { name } } } } } } }',
    ],
    ['{ __schema { types { name } } }'],
  ],
  ['a page', ['PAGE_MAX', 'PAGE_TOO_LARGE', 'first'], [WITH_FIRST, { first: 201 }], [WITH_FIRST, { first: 200 }]],
  [
    'a page by a default',
    ['PAGE_MAX', 'PAGE_TOO_LARGE', 'first'],
    ['query ($n: Int! = 201) { tree { page(first: $n) { id } } }'],
    ['query ($n: Int! = 200) { tree { page(first: $n) { id } } }'],
  ],
  [
    'a list in a variable',
    ['LIMIT_LIST', 'LIST_TOO_LONG', 'ids'],
    [WITH_IDS, { ids: Array(31).fill('1') }],
    [WITH_IDS, { ids: Array(30).fill('1') }],
  ],
  [
    'a list in the document',
    ['LIMIT_LIST', 'LIST_TOO_LONG', 'query'],
    [`{ trees(ids: [${many(31, () => '"1"')}]) { id } }`],
    [`{ trees(ids: [${many(30, () => '"1"')}]) { id } }`],
  ],
  [
    'values of variables',
    ['LIMIT_VALUES', 'LIST_TOO_LONG', 'variables'],
    ['{ tree { id } }', Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`v${at}`, 1]))],
    ['{ tree { id } }', Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`v${at}`, 1]))],
  ],
  [
    'nesting of variables',
    costly('LIMIT_NESTING', 'variables'),
    ['{ tree { id } }', { x: inLists(21) }],
    ['{ tree { id } }', { x: inLists(20) }],
  ],
];

describe('a document or its variables', () => {
  it.each(CASES)(
    'over the limit of %s are refused before anything runs, and within it answered',
    async (_what, [limit, code, field], over, within) => {
      const before = await refusedBy(stage.url);
      deeds.since();
      const refusal: Refusal = await refusalIn(await ask(...over));
      expect([refusal, deeds.since()]).toEqual([{ status: 400, code, field, retryAfter: null }, NOTHING]);
      expect((await refusedBy(stage.url))[limit]).toBe((before[limit] ?? 0) + 1);
      const served = await ask(...within);
      expect([served.status, await served.text()]).toEqual([200, expect.not.stringContaining('"errors"')]);
    },
  );

  it('drawn at random are answered within the limits and refused beyond them', async () => {
    const counts = { within: 0, over: 0 };
    await fc.assert(
      fc.asyncProperty(aDocument, async (drawn) => {
        const { depth, aliases, directives, cost } = weigh(drawn);
        const isOver =
          depth > LARGEST.depth || aliases > LARGEST.aliases || directives > LARGEST.directives || cost > LARGEST.cost;
        counts[isOver ? 'over' : 'within']++;
        deeds.since();
        const response = await ask(render(drawn));
        const { resolvers } = deeds.since();
        expect([response.status, resolvers > 0]).toEqual(isOver ? [400, false] : [200, true]);
        if (isOver) expect((await refusalIn(response)).code).toBe('QUERY_TOO_COSTLY');
      }),
      { numRuns: 200 },
    );
    expect(Math.min(counts.within, counts.over)).toBeGreaterThan(0);
  });

  it('that are hostile to a parser, a validator or a stack cost a refusal and no more', async () => {
    const deep = 200_000;
    const bodies = [
      `{"query":"{ tree { id } }","variables":{"x":${'['.repeat(deep)}${']'.repeat(deep)}}}`,
      `{"query":"{ tree { id } }","variables":${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}}`,
      ...['{a', '{tree(x:[', '[', '(', '{...{'].map((open) =>
        JSON.stringify({ query: `{ tree ${open.repeat(900)}`.slice(0, 1999) }),
      ),
      JSON.stringify({ query: '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }' }),
      JSON.stringify({ query: `{ tree { id } } # ${'x'.repeat(3_000_000)}` }),
    ];
    for (const body of bodies) {
      deeds.since();
      const { status, code } = await refusalIn(await post(body));
      expect([status, deeds.since()]).toEqual([400, NOTHING]);
      expect(['QUERY_TOO_COSTLY', 'INVALID_QUERY', 'MALFORMED_REQUEST']).toContain(code);
    }
  });

  it('in a list, as batches are sent, are refused whatever its length', async () => {
    for (const length of [0, 1, 2, 1000]) {
      deeds.since();
      const body = JSON.stringify(Array(length).fill({ query: '{ tree { id } }' }));
      expect(await refusalIn(await post(body))).toMatchObject({ status: 400, code: 'MALFORMED_REQUEST' });
      expect(deeds.since()).toEqual(NOTHING);
    }
  });
});
