import { publishRegisteredObjects } from '../../src/commands/publish-registered-objects';
import type { RequestContext } from '../../src/context';
import { systemViewer } from '../../src/context';
import { publishFeeds } from '../../src/jobs/publish-feeds';
import { addHousehold, type TestHousehold } from '../server/support/people';
import { openStage, type Stage } from '../server/support/stage';

let stage: Stage;
let first: TestHousehold;
beforeAll(async () => {
  stage = await openStage();
  first = await addHousehold(stage.base, stage.hub.seal, '150402', '2026-10-02');
  await addHousehold(stage.base, stage.hub.seal, '150402', '2026-10-01');
  await addHousehold(stage.base, stage.hub.seal, '450102', '2026-10-01');
});
afterAll(() => stage.close());

const context = (county: string): RequestContext => ({
  hub: stage.hub,
  viewer: systemViewer(county, stage.hub.regions.scopeOf(county), 'test'),
  ...{ purpose: null, requestId: 'test', loaders: new Map() },
});

const publish = (county = '150402') => publishRegisteredObjects(context(county), { county });
const rowsOf = async (publicationId: string) => {
  const text = `select row_number, applicant_name, citizen_id_masked, security_type, registration_date::text from published_registered_object
    where publication_id = $1 order by row_number`;
  return (await stage.base.owner.query(text, [publicationId])).rows;
};
const count = async (text: string) =>
  Number((await stage.base.owner.query<{ n: string }>(`select count(*) as n from ${text}`)).rows[0]!.n);

describe('publishRegisteredObjects [GX-7.2.1(2)]', () => {
  it('writes name, masked number, type and registration date of the county’s open applications, oldest first', async () => {
    const published = await publish();
    expect(published!.rows).toBe(2);
    const { idNumber } = first.members[0]!;
    const rows = await rowsOf(published!.publicationId);
    expect(rows.map((row) => [row.row_number, row.registration_date])).toEqual([
      [1, '2026-10-01'],
      [2, '2026-10-02'],
    ]);
    expect(rows[1]).toEqual({
      ...{ row_number: 2, applicant_name: '萨仁花', registration_date: '2026-10-02', security_type: '公共租赁住房' },
      citizen_id_masked: `${idNumber.slice(0, 6)}***********${idNumber[17]}`,
    });
  });

  it('logs the look at each applicant and the act, in the same transaction', async () => {
    expect(await count(`read_entry where person_id = '${first.members[0]!.id}' and fields = '{idNumber,name}'`)).toBe(
      1,
    );
    expect(await count(`write_entry where verb = 'publishRegisteredObjects' and region_code = '150402'`)).toBe(1);
  });

  it('writes nothing when nothing changed', async () => {
    expect(await publish()).toBeNull();
    expect(await count(`publication where region_code = '150402'`)).toBe(1);
  });

  it('replaces the snapshot when a case closes, and keeps the former', async () => {
    await stage.base.owner.query(`update housing_case set closed_on = '2026-11-01' where id = $1`, [first.caseId]);
    const published = await publish();
    expect((await rowsOf(published!.publicationId)).map((row) => row.registration_date)).toEqual(['2026-10-01']);
    expect(await count(`publication where region_code = '150402' and superseded_at is not null`)).toBe(1);
  });

  it('publishes once when two publish at a time', async () => {
    await stage.base.owner.query(`update housing_case set closed_on = null where id = $1`, [first.caseId]);
    const published = await Promise.all([publish(), publish(), publish()]);
    expect(published.filter((each) => each !== null)).toHaveLength(1);
  });

  it('masks by the region’s own profile, or the nearest above', async () => {
    await stage.base.owner.query(`insert into mask_profile values ('1504', 'PREFECTURE_4_4', '赤建发〔2026〕1号')`);
    const published = await publish();
    const numbers = (await rowsOf(published!.publicationId)).map((row) => row.citizen_id_masked);
    expect(numbers).toEqual([
      expect.stringMatching(/^1504\*{10}[\dX]{4}$/),
      expect.stringMatching(/^1504\*{10}[\dX]{4}$/),
    ]);
  });

  it('never publishes a child under 14, whatever a file says', async () => {
    const wrong = await addHousehold(stage.base, stage.hub.seal, '150402');
    await stage.base.owner.query('update housing_case set applicant_id = $1 where id = $2', [
      wrong.members[1]!.id,
      wrong.caseId,
    ]);
    expect(await publish()).toBeNull();
  });

  it('publishes counties only', async () => {
    for (const county of ['1504', '15', '999999'])
      await expect(publish(county)).rejects.toMatchObject({ code: 'UNKNOWN_REGION' });
  });

  it('lets the app role change nothing that is public', async () => {
    const statements = [
      'delete from publication',
      'update publication set row_count = 0',
      'delete from published_registered_object',
      `update published_registered_object set applicant_name = 'x'`,
    ];
    for (const statement of statements)
      await expect(stage.hub.db.app.query(statement)).rejects.toThrow('permission denied');
  });
});

describe('the job publish-feeds', () => {
  it('publishes every county that has cases, within a region when one is named, and may run twice', async () => {
    const live = async () =>
      (
        await stage.base.owner.query(
          `select region_code as code from publication where superseded_at is null order by 1`,
        )
      ).rows.map((row) => row.code);
    const signal = new AbortController().signal;
    await publishFeeds.run({ region: '15' }, stage.hub, signal);
    expect(await live()).toEqual(['150402']);
    await publishFeeds.run({}, stage.hub, signal);
    await publishFeeds.run({}, stage.hub, signal);
    expect(await live()).toEqual(['150402', '450102']);
    expect(await count('publication where superseded_at is null')).toBe(2);
  });
});
