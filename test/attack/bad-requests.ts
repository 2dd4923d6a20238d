import { randomUUID } from 'node:crypto';

const HOUSEHOLD = '{"query":"query ($id: ID!) { household(id: $id) { id } }","variables":';
const CLERK = (input: string) =>
  `{"query":"mutation ($input: OpenCaseInput!) { openCase(input: $input) { id } }","variables":{"input":${input}}}`;
const ID = '"00000000-0000-4000-8000-000000000000"';
const deep = `{ household(id: "x") ${'{ letters { household '.repeat(8)} { id } ${'} }'.repeat(8)} }`;

/** What nobody should send. [what, body, content type] */
export const BAD: [string, string, string?][] = [
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
  [
    'many aliases',
    JSON.stringify({ query: `{ ${Array.from({ length: 100 }, (_, at) => `a${at}: __typename`).join(' ')} }` }),
  ],
  [
    'many roots',
    JSON.stringify({ query: `{ ${Array.from({ length: 900 }, (_, at) => `a${at}: purposes { code }`).join(' ')} }` }),
  ],
  ['an object for an id', `${HOUSEHOLD}{"id":{"number":1}}}`],
  ['true for an id', `${HOUSEHOLD}{"id":true}}`],
  ['a fraction for an id', `${HOUSEHOLD}{"id":1.5}}`],
  [
    'a forged cursor',
    '{"query":"{ households(region: \\"15\\", after: \\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\\") { nodes { id } } }"}',
  ],
  ['an empty cursor', '{"query":"{ households(region: \\"15\\", after: \\"\\") { nodes { id } } }"}'],
  ['a page of nothing', '{"query":"{ households(region: \\"15\\", first: 0) { nodes { id } } }"}'],
  ['a page of minus one', '{"query":"{ households(region: \\"15\\", first: -1) { nodes { id } } }"}'],
  ['a page beyond 32 bits', '{"query":"{ households(region: \\"15\\", first: 99999999999) { nodes { id } } }"}'],
  ['an unknown region', '{"query":"{ households(region: \\"99\\") { nodes { id } } }"}'],
  ['a padded region', '{"query":"{ region(code: \\"150000\\") { name } }"}'],
  ['a null byte for a region', '{"query":"{ households(region: \\"15\\\\u0000\\") { nodes { id } } }"}'],
  ['an unknown parameter code', '{"query":"{ parameters(region: \\"15\\", code: \\"a\\\\u0000\\") { code } }"}'],
  [
    'a day that is none',
    CLERK(
      `{"householdId":${ID},"kind":"APPLICATION","programme":"LOW_RENT","applicantId":${ID},"submittedOn":"2026-02-30"}`,
    ),
  ],
  [
    'a day of year ten thousand',
    CLERK(
      `{"householdId":${ID},"kind":"APPLICATION","programme":"LOW_RENT","applicantId":${ID},"submittedOn":"10000-01-01"}`,
    ),
  ],
  [
    'a day that is a number',
    CLERK(
      `{"householdId":${ID},"kind":"APPLICATION","programme":"LOW_RENT","applicantId":${ID},"submittedOn":20261122}`,
    ),
  ],
  ['an unknown enum value', CLERK(`{"householdId":${ID},"kind":"GIFT","programme":"LOW_RENT","applicantId":${ID}}`)],
  [
    'a number of somebody for a day',
    CLERK(
      `{"householdId":${ID},"kind":"APPLICATION","programme":"LOW_RENT","applicantId":${ID},"submittedOn":"150402198605121127"}`,
    ),
  ],
  [
    'a number of somebody for money',
    CLERK(
      `{"householdId":${ID},"kind":"APPLICATION","programme":"LOW_RENT","applicantId":${ID},"declaredIncomeFen":"150402198605121127"}`,
    ),
  ],
  [
    'a name for a day',
    CLERK(
      `{"householdId":${ID},"kind":"APPLICATION","programme":"LOW_RENT","applicantId":${ID},"submittedOn":["萨仁花"]}`,
    ),
  ],
  [
    'a number in place of a day in the query',
    `{"query":"mutation { openCase(input: {householdId: 1, applicantId: 2, kind: RE_CHECK, programme: LOW_RENT, submittedOn: \\"150402198605121127\\"}) { id } }"}`,
  ],
  [
    'money in yuan and fen',
    CLERK(
      `{"householdId":${ID},"kind":"APPLICATION","programme":"LOW_RENT","applicantId":${ID},"declaredIncomeFen":0.5}`,
    ),
  ],
  [
    'more money than there is',
    CLERK(
      `{"householdId":${ID},"kind":"APPLICATION","programme":"LOW_RENT","applicantId":${ID},"declaredIncomeFen":1e300}`,
    ),
  ],
  [
    'a field too many',
    CLERK(
      `{"householdId":${ID},"kind":"APPLICATION","programme":"LOW_RENT","applicantId":${ID},"idNumber":"150402198605121127"}`,
    ),
  ],
  ['a field that is not there', '{"query":"{ households(region: \\"15\\") { nodes { idNumber } } }"}'],
  ['entities', '{"query":"{ _entities(representations: [{__typename: \\"Person\\", id: 1}]) { __typename } }"}'],
  ['the machinery', '{"query":"{ _service { sdl } }"}'],
];

/** Acts that are refused while they run, with null for data. [what, query, variables] */
export const REFUSED: [string, string, object][] = [
  ...(['', '\u0000', 'NOSUCH', 'A'.repeat(1000)] as const).map((purpose): [string, string, object] => [
    `a cross-check for the purpose ${JSON.stringify(purpose).slice(0, 12)}`,
    'mutation ($input: RequestCrossCheckInput!) { requestCrossCheck(input: $input) { id } }',
    { input: { clientKey: 'key', purpose, households: ['00000000-0000-4000-8000-000000000000'] } },
  ]),
  ...(['', '\u0000', '\n', 'x'.repeat(101), '150402198605121127'] as const).map(
    (clientKey): [string, string, object] => [
      `a cross-check under the key ${JSON.stringify(clientKey).slice(0, 12)}`,
      'mutation ($input: RequestCrossCheckInput!) { requestCrossCheck(input: $input) { id } }',
      { input: { clientKey, purpose: 'ADMISSION_REVIEW', households: ['00000000-0000-4000-8000-000000000000'] } },
    ],
  ),
  [
    'a cross-check of nobody',
    'mutation ($input: RequestCrossCheckInput!) { requestCrossCheck(input: $input) { id } }',
    { input: { clientKey: 'k', purpose: 'ADMISSION_REVIEW', households: [] } },
  ],
  [
    'a cross-check as of tomorrow year',
    'mutation ($input: RequestCrossCheckInput!) { requestCrossCheck(input: $input) { id } }',
    { input: { clientKey: 'k', purpose: 'ADMISSION_REVIEW', households: [randomUUID()], asOf: '2999-01-01' } },
  ],
  [
    'a sheet that is none',
    'mutation ($csv: String!) { importHouseholds(region: "150402", csv: $csv) { rows } }',
    { csv: '"\u0000' },
  ],
  [
    'a sheet of another region',
    'mutation ($csv: String!) { importHouseholds(region: "450102", csv: $csv) { rows } }',
    { csv: '' },
  ],
];
