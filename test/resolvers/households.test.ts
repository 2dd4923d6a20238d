import { onLoggedReads } from '../../bench/support/leave-out';
import type { GraphQLSchema } from 'graphql';
import { ONGNIUD, openOffice, TIANE, type Home, type Office } from '../commands/support/office';
import { ask, codesOf, ownSubgraph } from './support/ask';

let office: Office;
let housing: GraphQLSchema;
let home: Home;
beforeAll(async () => {
  office = await openOffice();
  housing = ownSubgraph('housing');
});
beforeEach(async () => void (home = await office.home()));
afterAll(() => office.close());

describe('households', () => {
  const PAGE = `query ($region: String!, $first: Int, $after: String) { households(region: $region, first: $first, after: $after) {
    nodes { id members { person { name } } } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
  interface Page {
    readonly nodes: { readonly id: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  }
  const page = async (variables: Record<string, unknown>, ctx = office.as()) => {
    const answer = await ask(housing, ctx, PAGE, { region: '150402', ...variables });
    return { answer, page: (answer.data as { households: Page } | null)?.households as Page };
  };

  it('walks every household once, page by page, with all members of a page in one statement', async () => {
    await office.home();
    await office.home();
    const all = await office.rows<{ id: string }>(`select id from household where region_code = '150402' order by id`);
    const seen: string[] = [];
    let after: string | undefined;
    const statements: string[] = [];
    const release = onLoggedReads((read) => (statements.push(read.name!), read));
    do {
      const { page: next } = await page({ first: 2, after });
      seen.push(...next.nodes.map(({ id }) => id));
      after = next.pageInfo.hasNextPage ? next.pageInfo.endCursor : undefined;
    } while (after);
    release();
    expect(seen).toEqual(all.map(({ id }) => id));
    expect(statements.filter((name) => name === 'members-with-persons+log')).toHaveLength(Math.ceil(all.length / 2));
  });

  it('shows a prefecture’s office the households of its counties, and a county’s only its own [IM-5.1]', async () => {
    const neighbour = await office.home(ONGNIUD);
    const ids = async (office_: string) => {
      const { page: found } = await page({ region: '1504', first: 200 }, office.as({ office: office_ }));
      return found.nodes.map(({ id }) => id);
    };
    expect(await ids('1504')).toEqual(expect.arrayContaining([home.id, neighbour.id]));
    expect(await ids('150402')).not.toContain(neighbour.id);
  });

  it('answers a region out of scope like an empty one, and an unknown one with UNKNOWN_REGION', async () => {
    await office.home(TIANE);
    const outside = await page({ region: TIANE });
    const empty = await page({ region: '150403' }, office.as({ office: '1504' }));
    expect(outside.answer).toEqual(empty.answer);
    expect(outside.page.nodes).toEqual([]);
    const unknown = await Promise.all(
      ['', '1', '15%', '999999', "'"].map(async (region) => codesOf((await page({ region })).answer)),
    );
    expect(unknown).toEqual(unknown.map(() => ['UNKNOWN_REGION']));
  });

  it.each([0, -1, 201, 2 ** 31 - 1])('refuses a page of %d', async (first) => {
    expect(codesOf((await page({ first })).answer)).toEqual(['PAGE_TOO_LARGE']);
  });

  it('refuses a forged, altered or borrowed cursor', async () => {
    await office.home();
    const { pageInfo } = (await page({ first: 1 })).page;
    const altered = pageInfo.endCursor.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
    const borrowed = office.hub.cursors.write('households 1504', ['', home.id]);
    for (const after of ['', 'x', altered, borrowed, Buffer.from('["150402","x"]').toString('base64')]) {
      expect(codesOf((await page({ first: 1, after })).answer)).toEqual(['INVALID_CURSOR']);
    }
  });
});
