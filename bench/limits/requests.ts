import { graphql } from '../support/arrivals';
import type { Shot } from '../support/load';

const many = (count: number, each: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => each(at)).join(' ');

const HOUSEHOLDS = 'query ($ids: [ID!]!) { requestCrossCheck(input: { households: $ids }) { id } }';
const json = (body: string, headers: Shot['headers']): Shot => ({ method: 'POST', path: '/graphql', headers, body });

/** What an attacker sends: just over each limit, and what costs a server most before it is refused. */
export function hostile(headers: Readonly<Record<string, string>>): Readonly<Record<string, Shot>> {
  const ask = (query: string, variables?: object) => graphql(headers, query, variables);
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  return {
    depth: ask(`{ household(id: "1") { ${many(8, () => 'letters { household {')} id ${'} } '.repeat(8)} } }`),
    aliases: ask(`{ ${many(61, (at) => `a${at}: __typename`)} }`),
    directives: ask(`{ purposes { code ${many(51, () => '@skip')} } }`),
    tokens: ask(`{ ${many(4000, () => 'purposes')} }`),
    brackets: ask(`{ purposes(x: ${'['.repeat(2000)}`),
    repeats: ask(`{ ${many(150, () => 'purposes { code }')} }`),
    'unknown fields': ask(`{ ${many(3900, (at) => `f${at}`)} }`),
    'fragments doubling': ask(
      `{ ...F0 } ${many(40, (at) => `fragment F${at} on Query { ...F${at + 1} ... on Query { ...F${at + 1} } }`)} fragment F40 on Query { purposes { code } }`,
    ),
    cost: ask(
      `{ ${many(50, (at) => `a${at}: households(region: "15", first: 200) { nodes { members { person { name idNumber } } cases { id } } }`)} }`,
    ),
    page: ask('{ households(region: "15", first: 201) { nodes { id } } }'),
    list: ask(HOUSEHOLDS, { ids: Array<string>(10_001).fill('1') }),
    values: ask('{ purposes { code } }', { values: Array.from({ length: 6 }, () => Array<number>(9999).fill(1)) }),
    'nested variables': json(`{"query":"{ purposes { code } }","variables":{"x":${deep}}}`, headers),
    introspection: ask(
      `{ ${many(40, (at) => `a${at}: __schema { types { fields { args { type { ofType { name } } } } } }`)} }`,
    ),
    batch: json(JSON.stringify(Array(500).fill({ query: '{ purposes { code } }' })), headers),
    'long text': ask(`{ purposes { code } } #${'x'.repeat(2_000_000)}`),
    'large body': json(JSON.stringify({ query: 'x'.repeat(7_000_000) }), headers),
    'no JSON': json('{"query":"{ purposes'.padEnd(100_000, '{'), headers),
    'no token': json('{"query":"{ purposes { code } }"}', { ...headers, authorization: 'Bearer a.b.c' }),
  };
}
