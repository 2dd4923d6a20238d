import { recordApprovalPublicity, type RecordApprovalPublicity } from '../../src/commands/record-approval-publicity';
import { pageOfApprovalPublicities } from '../../resolvers/housing/supervision/publicity-rows';
import { inScope } from '../../src/store/database';
import { PublicityMedium } from '../../schema/supervision/approval-publicity';
import { allotted, type Allotted } from '../disclosure/allotted';
import { HONGSHAN, ONGNIUD, openOffice, type Office } from '../commands/support/office';
import { desk, inBatch, offer } from '../tenancy/tenancy-of';
import { found } from './found';

let office: Office;
beforeEach(async () => void (office = await openOffice()));
afterEach(() => office.close());

/* 2026-03-02 is a Monday, and no day off of its own falls into the four weeks after it: 20 working days end on Monday, 30 March. */
const ACCEPTED = '2026-03-02';
const LIMIT = '2026-03-30';
const LATE = '2026-03-31';

const home = (on = ACCEPTED) => allotted(office, { on });
const record = (
  homes: readonly Allotted[],
  more: Partial<RecordApprovalPublicity> = {},
  day = LATE,
  region = HONGSHAN,
) =>
  recordApprovalPublicity(desk(office, region).county(day), {
    ...{
      allotmentIds: homes.map(({ allotment }) => allotment),
      medium: PublicityMedium.NEWSPAPER,
      place: '赤峰日报第3版',
    },
    ...{ publishedOn: '2026-03-20', documentNumber: '赤住保公〔2026〕1号', ...more },
  });
const told = async (kind: 'NOT_PUBLISHED' | 'WITHOUT_MEDIUM' | 'LIMIT_UNKNOWN', day = LATE, region?: string) =>
  (await found(office, `APPROVAL_${kind}`, day, region)).map(({ recordId, since, source }) => [
    recordId,
    since,
    source,
  ]);
const all = async (day = LATE) =>
  (
    await Promise.all((['NOT_PUBLISHED', 'WITHOUT_MEDIUM', 'LIMIT_UNKNOWN'] as const).map((kind) => told(kind, day)))
  ).flat();

describe('that a result of approval was made public [GX-10.2.3]', () => {
  it('is a finding where no publication is recorded when the limit is over, to the day, until one is; who was only offered a dwelling is none', async () => {
    const one = await home();
    await offer(office, await inBatch(office, HONGSHAN), ACCEPTED);
    expect(await all(LIMIT)).toEqual([]);
    expect(await found(office, 'APPROVAL_NOT_PUBLISHED', LATE)).toEqual([
      {
        finding: 'APPROVAL_NOT_PUBLISHED',
        clause: 'GX-10.2.3',
        regionCode: HONGSHAN,
        recordId: one.allotment,
        since: LIMIT,
        body: null,
        source: null,
      },
    ]);
    expect(await told('NOT_PUBLISHED', LATE, ONGNIUD)).toEqual([]);
    await record([one]);
    expect(await all()).toEqual([]);
    expect(await all('2027-03-31')).toEqual([]);
  });

  it('is a finding where it bears no medium, before the limit too, until a record says which', async () => {
    const [one, other] = [await home(), await home()];
    await record([one, other], { medium: null });
    const expected = [one, other].map(({ allotment }) => [allotment, '2026-03-20', '赤峰日报第3版']);
    expect((await told('WITHOUT_MEDIUM', LIMIT)).sort()).toEqual(expected.sort());
    expect(await told('NOT_PUBLISHED')).toEqual([]);
    await record([one], { medium: PublicityMedium.TELEVISION });
    expect(await all()).toEqual([[other.allotment, '2026-03-20', '赤峰日报第3版']]);
  });

  it('is a finding of its own kind where no limit is in force, from the first day and never nothing', async () => {
    const one = await home();
    await office.rows('alter table parameter disable trigger user');
    await office.rows(`update parameter set valid_to = '2014-12-31' where code = 'publication.working-days'`);
    await office.rows('alter table parameter enable trigger user');
    for (const day of [ACCEPTED, LATE]) expect(await all(day)).toEqual([[one.allotment, ACCEPTED, null]]);
    expect(await told('LIMIT_UNKNOWN')).toHaveLength(1);
    await record([one]);
    expect(await all()).toEqual([]);
  });

  it('is nobody’s whose approval was revoked or whose allotment is void', async () => {
    const [one, other] = [await home(), await home()];
    for (const [table, state, id] of [
      ['application', 'REVOKED', one.application],
      ['allotment', 'VOID', other.allotment],
    ] as const) {
      await office.rows(`alter table ${table} disable trigger user`);
      await office.rows(`update ${table} set state = $1 where id = $2`, [state, id]);
      await office.rows(`alter table ${table} enable trigger user`);
    }
    expect(await all()).toEqual([]);
    for (const gone of [one, other])
      await expect(record([gone])).rejects.toMatchObject({ code: 'ILLEGAL_MOVE', field: 'allotmentIds' });
  });

  it.each<[PublicityMedium, string | null, string | null]>([
    [PublicityMedium.TELEVISION, '赤峰电视台新闻频道', null],
    [PublicityMedium.NEWSPAPER, '赤峰日报第3版', null],
    [PublicityMedium.GOVERNMENT_SITE, null, 'https://gov.example/a'],
    [PublicityMedium.HOUSING_SITE, '公示栏目', 'https://housing.example/a'],
    [PublicityMedium.OTHER, '社区公告栏', null],
  ])(
    'is recorded with the medium %s, its place or address, day and document, and read by whoever supervises',
    async (medium, place, url) => {
      const one = await home();
      await record([one], { medium, place, url });
      const { nodes } = await pageOfApprovalPublicities(office.as(), HONGSHAN, {});
      expect(nodes).toEqual([
        {
          ...{ id: expect.any(String) as string, regionCode: HONGSHAN, allotmentId: one.allotment, medium, place, url },
          ...{ publishedOn: '2026-03-20', documentNumber: '赤住保公〔2026〕1号', recordedBy: 'county' },
        },
      ]);
      const far = office.as({ office: ONGNIUD });
      expect((await pageOfApprovalPublicities(far, HONGSHAN, {})).nodes).toEqual([]);
    },
  );

  it('is taken of all or of none, of one’s own county, no earlier than it was allotted, from somewhere, and never rewritten', async () => {
    const one = await home();
    const far = await allotted(office, { region: ONGNIUD, on: ACCEPTED });
    const refused = (more: Partial<RecordApprovalPublicity>, homes = [one]) => expect(record(homes, more)).rejects;
    await refused({}, [one, far]).toMatchObject({ code: 'NOT_FOUND', field: 'allotmentIds' });
    await refused({}, []).toMatchObject({ code: 'INVALID_INPUT', field: 'allotmentIds' });
    await refused({ publishedOn: '2026-03-01' }).toMatchObject({ code: 'INVALID_INPUT', field: 'publishedOn' });
    await refused({ publishedOn: '2026-04-01' }).toMatchObject({ code: 'INVALID_INPUT', field: 'publishedOn' });
    await refused({ place: null }).toMatchObject({ code: 'INVALID_INPUT', field: 'place' });
    for (const medium of [PublicityMedium.GOVERNMENT_SITE, PublicityMedium.HOUSING_SITE])
      await refused({ medium }).toMatchObject({ code: 'INVALID_INPUT', field: 'url' });
    await refused({ url: 'javascript:1' }).toMatchObject({ code: 'INVALID_INPUT', field: 'url' });
    expect(await office.rows('select from approval_publicity')).toEqual([]);
    await record([one], { publishedOn: ACCEPTED });
    for (const statement of ['delete from approval_publicity', `update approval_publicity set medium = 'OTHER'`])
      await expect(inScope(office.hub.db.app, [HONGSHAN], (client) => client.query(statement))).rejects.toThrow(
        'permission denied',
      );
  });
});
