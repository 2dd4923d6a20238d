import { randomUUID } from 'node:crypto';
import { isObjectType } from 'graphql';
import { publicDocuments } from '../../resolvers/disclosure/documents';
import { publicSchema } from '../../src/server/public-schema';
import { openStage, type Stage } from './support/stage';

const COUNTY = '150402';
const publication = randomUUID();
let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  const { owner } = stage.base;
  await owner.query(
    `insert into publication (id, feed, region_code, published_at, snapshot_hash, row_count, mask_profile, publisher)
     values ($1, 'approved-households', $2, now(), 'x', 3, 'SURNAME', 'test')`,
    [publication, COUNTY],
  );
  await owner.query(
    `insert into published_approved_household (publication_id, published_at, row_number, applicant_name, population, income_band, income_withheld, area_band, area_withheld)
     select p.id, p.published_at, r.* from publication p, (values (1, '王**', 3, '不超过 1000 元', null, '建筑面积 50 平方米以上、不足 60 平方米', null),
       (2, '李*', 2, null, 'WITHHELD', '建筑面积 30 平方米以上、不足 60 平方米', null), (3, '乌**', null, null, 'NOT_SET', null, 'NOT_SET')) as r where p.id = $1`,
    [publication],
  );
});
afterAll(() => stage.close());

const ask = async (variables: object) => {
  const url = `${stage.url}/public/graphql?documentId=approved-households&variables=${encodeURIComponent(JSON.stringify(variables))}`;
  const response = await fetch(url);
  return { status: response.status, text: await response.text() };
};
const nodesOf = ({ text }: { text: string }) =>
  (JSON.parse(text) as { data: { approvedHouseholds: { nodes: object[] } } }).data.approvedHouseholds.nodes;

describe('the public page of approved households [GX-10.2.3]', () => {
  it('shows anybody name, population, income and area, or why one of them is not shown, and nothing else', async () => {
    const answer = await ask({ region: COUNTY });
    expect(answer.status).toBe(200);
    const none = { incomeBand: null, incomeWithheld: null, areaBand: null, areaWithheld: null };
    expect(nodesOf(answer)).toEqual([
      {
        ...{ ...none, rowNumber: 1, applicantName: '王**', population: 3, incomeBand: '不超过 1000 元' },
        areaBand: '建筑面积 50 平方米以上、不足 60 平方米',
      },
      {
        ...{ ...none, rowNumber: 2, applicantName: '李*', population: 2, incomeWithheld: 'WITHHELD' },
        areaBand: '建筑面积 30 平方米以上、不足 60 平方米',
      },
      {
        ...{ ...none, rowNumber: 3, applicantName: '乌**', population: null },
        ...{ incomeWithheld: 'NOT_SET', areaWithheld: 'NOT_SET' },
      },
    ]);
    expect(answer.text).not.toContain(publication);
  });

  it('says that masked names and bands are a choice of ours, where the seed asks for the values', () => {
    const type = publicSchema().getType('ApprovedHousehold');
    const fields = isObjectType(type) ? type.getFields() : {};
    expect(Object.keys(fields).sort()).toEqual([
      ...['applicantName', 'areaBand', 'areaWithheld', 'incomeBand', 'incomeWithheld', 'population', 'rowNumber'],
    ]);
    for (const said of [type, fields['applicantName'], fields['incomeBand'], fields['areaBand']])
      expect(said?.description).toMatch(/隐私/);
    expect(publicDocuments.find(({ id }) => id === 'approved-households')!.title).toMatch(/隐私/);
  });

  it('shows nothing of what came down', async () => {
    await stage.base.owner.query('update publication set take_down_at = now() where id = $1', [publication]);
    await stage.hub.pages.drop('approved-households');
    expect(nodesOf(await ask({ region: COUNTY }))).toEqual([]);
    expect(nodesOf(await ask({ region: '15' }))).toEqual([]);
  });
});
