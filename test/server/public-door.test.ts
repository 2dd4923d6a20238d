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
const post = (body: unknown) =>
  fetch(`${stage.url}/public/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
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

  it('answers the same by GET, by POST and by the exact text', async () => {
    const variables = { region: '150402', first: 2 };
    const texts = [
      await get(variables),
      await post({ documentId: 'registered-objects', variables }),
      await post({ query: publicDocuments[0]!.query, variables }),
    ];
    expect(new Set(await Promise.all(texts.map((response) => response.text()))).size).toBe(1);
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
    expect(fresh.headers.get('cache-control')).toBe('public, max-age=60');
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

  it('answers its fixed documents and no other', async () => {
    const others = [
      '{ __typename }',
      '{ __schema { types { name } } }',
      `${publicDocuments[0]!.query} `,
      '{ household(id: "1") { id } }',
    ];
    for (const query of others) expect(await faultOf(await post({ query }))).toEqual([404, 'UNKNOWN_DOCUMENT']);
    expect(await faultOf(await post({ documentId: 'other', query: publicDocuments[0]!.query }))).toEqual([
      404,
      'UNKNOWN_DOCUMENT',
    ]);
    expect(await faultOf(await fetch(`${stage.url}/public/graphql`))).toEqual([404, 'UNKNOWN_DOCUMENT']);
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
    expect(documents.map(({ id }) => id)).toEqual(['registered-objects']);
  });
});

describe('what the public can reach [GX-7.2.1(2)]', () => {
  it('is, in its schema, the published type and the pages of it', () => {
    const types = Object.values(publicSchema().getTypeMap()).filter(
      (type) => isObjectType(type) && !type.name.startsWith('__'),
    );
    expect(types.map(({ name }) => name).sort()).toEqual([
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

  it('is, in the database, published tables and region codes, by SELECT alone', async () => {
    const { rows } = await stage.base.owner.query<{ name: string; may: string }>(`
      select c.relname as name, p.privilege as may
      from pg_class c join pg_namespace n on n.oid = c.relnamespace,
        unnest(array['SELECT','INSERT','UPDATE','DELETE','TRUNCATE','REFERENCES','TRIGGER']) as p (privilege)
      where n.nspname not in ('pg_catalog', 'information_schema') and c.relkind in ('r', 'v', 'm', 'p', 'f')
        and (has_table_privilege('anju_public_reader', c.oid, p.privilege)
          or (p.privilege in ('SELECT','INSERT','UPDATE','REFERENCES') and has_any_column_privilege('anju_public_reader', c.oid, p.privilege)))
      order by 1, 2`);
    expect(rows).toEqual(
      ['publication', 'published_registered_object', 'region'].map((name) => ({ name, may: 'SELECT' })),
    );
  });

  it('is no function of ours that runs with another’s rights', async () => {
    const { rows } = await stage.base.owner.query(`
      select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname not in ('pg_catalog', 'information_schema') and p.prosecdef and has_function_privilege('anju_public_reader', p.oid, 'EXECUTE')
        and has_schema_privilege('anju_public_reader', n.oid, 'USAGE')`);
    expect(rows).toEqual([]);
  });

  it('is no citizen number, name of a child or id of ours in any page', async () => {
    const text = JSON.stringify(await pageOf({ region: '15' }));
    for (const { id, caseId, members } of households)
      for (const secret of [id, caseId, ...members.flatMap((member) => [member.id, member.idNumber])])
        expect(text).not.toContain(secret);
    expect(text).not.toContain('韦一诺');
  });
});
