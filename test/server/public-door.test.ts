import { createHash } from 'node:crypto';
import { isObjectType } from 'graphql';
import { publicDocuments } from '../../resolvers/disclosure/documents';
import { publishFeeds } from '../../src/jobs/publish-feeds';
import { publicSchema } from '../../src/server/public-schema';
import { addHousehold, type TestHousehold } from './support/people';
import { openStage, type Stage } from './support/stage';

let stage: Stage;
const households: TestHousehold[] = [];
beforeAll(async () => {
  stage = await openStage();
  for (const [county, times] of [
    ['150402', 3],
    ['150404', 2],
    ['450102', 1],
  ] as const)
    for (let time = 0; time < times; time++) households.push(await addHousehold(stage.base, stage.hub.seal, county));
  await publish();
});
afterAll(() => stage.close());

const publish = () => publishFeeds.run({}, stage.hub, new AbortController().signal);

interface Page {
  readonly nodes: Record<string, unknown>[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

const url = (variables: object, documentId = 'registered-objects') =>
  `${stage.url}/public/graphql?documentId=${documentId}&variables=${encodeURIComponent(JSON.stringify(variables))}`;
const get = (variables: object, headers: Record<string, string> = {}) => fetch(url(variables), { headers });
const pageOf = async (variables: object): Promise<Page> =>
  ((await (await get(variables)).json()) as { data: { registeredObjects: Page } }).data.registeredObjects;
const faultOf = async (response: Response) => {
  const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
  return [response.status, errors[0]!.extensions.code];
};

describe('the public door [GX-7.2.1(2)]', () => {
  it('shows anybody the four fields of a county’s registered objects', async () => {
    const { nodes } = await pageOf({ region: '150402' });
    expect(nodes).toHaveLength(3);
    expect(nodes[0]).toEqual({
      ...{ rowNumber: 1, applicantName: '萨仁花', securityType: '公共租赁住房', registrationDate: '2026-10-01' },
      citizenIdMasked: expect.stringMatching(/^150402\*{11}[\dX]$/),
    });
  });

  it('answers the same by the hash of the document and by its name', async () => {
    const variables = { region: '150402', first: 2 };
    const { documents } = (await (await fetch(`${stage.url}/public/documents`)).json()) as {
      documents: { hash: string; query: string }[];
    };
    for (const { hash, query } of documents) expect(createHash('sha256').update(query).digest('hex')).toBe(hash);
    const byHash = await fetch(url(variables, `sha256:${documents[0]!.hash}`));
    const byName = await get(variables);
    expect([byHash.status, byHash.headers.get('etag')]).toEqual([200, byName.headers.get('etag')]);
    expect(await byHash.text()).toBe(await byName.text());
  });

  it('pages through a county, and through a region county by county', async () => {
    for (const [region, expected] of [
      ['150402', ['150402', '150402', '150402']],
      ['15', ['150402', '150402', '150402', '150404', '150404']],
    ] as const) {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page: Page = await pageOf({ region, first: 2, after });
        seen.push(...page.nodes.map(({ citizenIdMasked }) => String(citizenIdMasked).slice(0, 6)));
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after);
      expect(seen).toEqual(expected);
    }
  });

  it('keeps nothing of a person in a cursor', async () => {
    const { pageInfo } = await pageOf({ region: '150402', first: 1 });
    expect(stage.hub.cursors.read('registered-objects 150402', pageInfo.endCursor)).toEqual(['150402', 1]);
    expect(await faultOf(await get({ region: '150404', first: 1, after: pageInfo.endCursor }))).toEqual([
      400,
      'INVALID_CURSOR',
    ]);
  });

  it('sends an unchanged page once, cached or not', async () => {
    const fresh = await get({ region: '150402', first: 3 });
    const etag = fresh.headers.get('etag')!;
    expect(fresh.headers.get('cache-control')).toBe('public, max-age=60, s-maxage=60, stale-while-revalidate=30');
    for (let time = 0; time < 3; time++) {
      const again = await get({ region: '150402', first: 3 }, { 'if-none-match': etag });
      expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, '']);
    }
    expect(await (await get({ region: '150402', first: 3 })).text()).toBe(await fresh.text());
  });

  it('shows a new publication at once', async () => {
    expect((await pageOf({ region: '450102' })).nodes).toHaveLength(1);
    await addHousehold(stage.base, stage.hub.seal, '450102');
    await publish();
    expect((await pageOf({ region: '450102' })).nodes).toHaveLength(2);
  });

  it('shows nothing of a publication that was taken down', async () => {
    await stage.base.owner.query(
      `update publication set take_down_at = now() where region_code = '450102' and superseded_at is null`,
    );
    await stage.hub.pages.drop('registered-objects');
    expect((await pageOf({ region: '450102' })).nodes).toEqual([]);
  });

  it.each([
    ['another name', '?documentId=other', 404, 'UNKNOWN_DOCUMENT'],
    ['no name', '', 404, 'UNKNOWN_DOCUMENT'],
    ['an unknown hash', `?documentId=sha256:${'0'.repeat(64)}`, 404, 'UNKNOWN_DOCUMENT'],
    ['a hash of another kind', '?documentId=md5:d41d8cd98f00b204e9800998ecf8427e', 404, 'UNKNOWN_DOCUMENT'],
    ['an empty hash', '?documentId=sha256:', 404, 'UNKNOWN_DOCUMENT'],
    ['a name of every object', '?documentId=__proto__', 404, 'UNKNOWN_DOCUMENT'],
    ['two names', '?documentId=registered-objects&documentId=registered-objects', 404, 'UNKNOWN_DOCUMENT'],
    ['a text', `?query=${encodeURIComponent('{ __typename }')}`, 404, 'UNKNOWN_DOCUMENT'],
    ['the text of a document', `?query=${encodeURIComponent(publicDocuments[0]!.query)}`, 404, 'UNKNOWN_DOCUMENT'],
    ['a persisted query', `?extensions=${encodeURIComponent('{"persistedQuery":{}}')}`, 404, 'UNKNOWN_DOCUMENT'],
    [
      'a name and a text',
      `?documentId=registered-objects&query=${encodeURIComponent('{ __typename }')}`,
      400,
      'INVALID_INPUT',
    ],
    [
      'an operation name',
      '?documentId=registered-objects&variables={"region":"15"}&operationName=X',
      400,
      'INVALID_INPUT',
    ],
    [
      'a parameter to get past a cache',
      '?documentId=registered-objects&variables={"region":"15"}&_=1',
      400,
      'INVALID_INPUT',
    ],
    ['variables twice', '?documentId=registered-objects&variables={}&variables={}', 400, 'MALFORMED_REQUEST'],
    ['variables that are no JSON', '?documentId=registered-objects&variables={', 400, 'MALFORMED_REQUEST'],
    ['variables that are null', '?documentId=registered-objects&variables=null', 400, 'MALFORMED_REQUEST'],
    ['a broken percent', '?documentId=registered-objects&variables=%7', 400, 'MALFORMED_REQUEST'],
    ['a long address', `?documentId=registered-objects&variables=${'x'.repeat(2100)}`, 414, 'URI_TOO_LONG'],
  ])('refuses %s, in JSON that nobody keeps', async (_what, search, status, code) => {
    for (let time = 0; time < 2; time++) {
      const response = await fetch(`${stage.url}/public/graphql${search}`);
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await faultOf(response)).toEqual([status, code]);
    }
  });

  it('refuses an address beyond what HTTP servers read, with 4xx in JSON', async () => {
    const response = await fetch(`${stage.url}/public/graphql?documentId=${'x'.repeat(40_000)}`);
    expect([response.status, response.headers.get('content-type')]).toEqual([431, expect.stringMatching(/json/)]);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('refuses %s, whatever is in it, before reading it', async (method) => {
    for (const body of [JSON.stringify({ query: publicDocuments[0]!.query }), '{', 'x'.repeat(100_000)]) {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${stage.url}/public/graphql`, { method, headers, body });
      expect(response.headers.get('allow')).toBe('GET, HEAD');
      expect(await faultOf(response)).toEqual([405, 'METHOD_NOT_ALLOWED']);
    }
  });

  it('tells whoever stands between how long a page holds', async () => {
    for (const response of [
      await get({ region: '150404' }),
      await get({ region: '150404' }),
      await fetch(url({ region: '150404' }), { method: 'HEAD' }),
    ]) {
      const { headers, status } = response;
      expect([status, headers.get('cache-control'), headers.get('vary'), headers.get('set-cookie')]).toEqual([
        ...[200, 'public, max-age=60, s-maxage=60, stale-while-revalidate=30', 'accept-encoding', null],
      ]);
      expect(headers.get('etag')).toMatch(/^"[\w-]{22}"$/);
    }
  });

  it.each([
    [{}, 'INVALID_INPUT'],
    [{ region: '999999' }, 'UNKNOWN_REGION'],
    [{ region: 15 }, 'INVALID_INPUT'],
    [{ region: '15', first: 201 }, 'PAGE_TOO_LARGE'],
    [{ region: '15', first: 0 }, 'PAGE_TOO_LARGE'],
    [{ region: '15', first: 1.5 }, 'INVALID_INPUT'],
    [{ region: '15', after: 'x' }, 'INVALID_CURSOR'],
    [{ region: '15', citizenId: '150402198605121127' }, 'INVALID_INPUT'],
    [[], 'MALFORMED_REQUEST'],
  ])('refuses the variables %j with 400 and the catalogue', async (variables, code) => {
    for (let time = 0; time < 2; time++) {
      const response = await get(variables);
      const text = await response.clone().text();
      expect(await faultOf(response)).toEqual([400, code]);
      expect(text).not.toContain('150402198605121127');
    }
  });

  it('lists its documents', async () => {
    const { documents } = (await (await fetch(`${stage.url}/public/documents`)).json()) as {
      documents: { id: string }[];
    };
    expect(documents.map(({ id }) => id)).toEqual([
      ...['registered-objects', 'allocation-procedures', 'approved-households'],
    ]);
  });
});

describe('what the public can reach [GX-7.2.1(2)]', () => {
  it('is, in its schema, the published type and the pages of it', () => {
    const types = Object.values(publicSchema().getTypeMap()).filter(
      (type) => isObjectType(type) && !type.name.startsWith('__'),
    );
    expect(types.map(({ name }) => name).sort()).toEqual([
      ...['ApprovedAllocationProcedure', 'ApprovedAllocationProcedureConnection', 'ApprovedAllocationProcedureEdge'],
      ...['ApprovedHousehold', 'ApprovedHouseholdConnection', 'ApprovedHouseholdEdge'],
      'PageInfo',
      'Query',
      'RegisteredObject',
      'RegisteredObjectConnection',
      'RegisteredObjectEdge',
    ]);
    const published = publicSchema().getType('RegisteredObject');
    expect(isObjectType(published) && Object.keys(published.getFields()).sort()).toEqual([
      'applicantName',
      'citizenIdMasked',
      'registrationDate',
      'rowNumber',
      'securityType',
    ]);
  });

  it('is no citizen number, name of a child or id of ours in any page', async () => {
    const text = JSON.stringify(await pageOf({ region: '15' }));
    for (const { id, caseId, members } of households)
      for (const secret of [id, caseId, ...members.flatMap((member) => [member.id, member.idNumber])])
        expect(text).not.toContain(secret);
    expect(text).not.toContain('韦一诺');
  });
});
