import { dayAfter } from '../../src/access/day';
import { publishFeeds } from '../../src/jobs/publish-feeds';
import { HONGSHAN, ONGNIUD, openOffice, type Office } from '../commands/support/office';
import { inBatch, offer } from '../tenancy/tenancy-of';
import { allotted, family, LATELY, listOf, nightOf, publish, TONIGHT, type Allotted } from './allotted';

let office: Office;
beforeEach(async () => void (office = await openOffice()));
afterEach(() => office.close());

const LOW = '不超过 1000 元';
const AREA = '建筑面积 50 平方米以上、不足 60 平方米';
/** Two that are alike: what they are alike in is shown. */
const pair = async (region?: string): Promise<Allotted[]> => [
  await allotted(office, { region, kin: family('萨仁花', 1), incomeFen: 80_000 }),
  await allotted(office, { region, kin: family('王建国', 2), incomeFen: 99_900, areaCm2: 599_999 }),
];
const PAIR = [`王**，3，${LOW}，${AREA}`, `萨**，2，${LOW}，${AREA}`];
const away = async (table: string, text: string, values: unknown[]) => {
  await office.rows(`alter table ${table} disable trigger user`);
  await office.rows(text, values);
  await office.rows(`alter table ${table} enable trigger user`);
};

describe('the list of approved households [GX-10.2.3]', () => {
  it('shows name, population, income and area of whoever was approved and allotted, name masked and numbers as bands; of nobody else', async () => {
    await pair();
    const asked = await inBatch(office, HONGSHAN, undefined, { kin: family('未答复') });
    await offer(office, asked, LATELY);
    await inBatch(office, HONGSHAN, undefined, { kin: family('未配租') });
    expect((await publish(office))!.rows).toBe(2);
    expect(await listOf(office)).toEqual(PAIR);
    expect(await listOf(office, '15')).toEqual(PAIR);
    expect(await listOf(office, ONGNIUD)).toEqual([]);
  });

  it('lets go of whose approval is revoked, whose allotment is void, and who applies anew and so stands in the roster', async () => {
    const [revoked, voided] = [
      await allotted(office, { kin: family('甲一二') }),
      await allotted(office, { kin: family('乙一二') }),
    ];
    const anew = await allotted(office, { kin: family('丙一二') });
    await pair();
    await publish(office);
    expect(await listOf(office)).toHaveLength(5);
    await away('application', `update application set state = 'REVOKED' where id = $1`, [revoked.application]);
    await away('allotment', `update allotment set state = 'VOID' where id = $1`, [voided.allotment]);
    await office.rows(
      `insert into housing_case (id, region_code, household_id, kind, programme, applicant_id, submitted_on)
       select gen_random_uuid(), $1, $2, 'APPLICATION', 'LOW_RENT', person_id, '2026-01-01' from household_member where household_id = $2`,
      [HONGSHAN, anew.household],
    );
    await publish(office);
    expect(await listOf(office)).toEqual(PAIR);
  });

  it('lists each for the days that its region sets, and without a number of days nobody', async () => {
    await pair();
    const last = dayAfter(LATELY, 30);
    expect((await publish(office, HONGSHAN, last))!.rows).toBe(2);
    expect(await publish(office, HONGSHAN, last)).toBeNull(); // nothing changed
    expect((await publish(office, HONGSHAN, dayAfter(last, 1)))!.rows).toBe(0);
    expect((await publish(office))!.rows).toBe(2);
    await unset('approval.listed-days');
    expect((await publish(office))!.rows).toBe(0);
    expect(await listOf(office)).toEqual([]);
  });

  it('comes down by itself the morning after its first last day, though no night runs', async () => {
    await allotted(office, { on: dayAfter(TONIGHT, -40) });
    const night = dayAfter(TONIGHT, -20);
    expect((await publish(office, HONGSHAN, night))!.rows).toBe(1);
    const [{ down }] = (await office.rows<{ down: Date }>(`select take_down_at as down from publication`)) as [
      { down: Date },
    ];
    expect(down).toEqual(new Date(`${dayAfter(TONIGHT, -40 + 31)}T06:00:00+08:00`));
    expect(await listOf(office)).toEqual([]);
  });

  it('says that bands are not set where they are not, and withholds an income that assistance recognises like one that nobody told', async () => {
    const [one] = await pair();
    await allotted(office, { kin: family('未认定'), incomeFen: null, areaCm2: 640_000 });
    await publish(office);
    const wide = '建筑面积 30 平方米以上、不足 60 平方米';
    expect(await listOf(office)).toEqual(['未**，1，WITHHELD，WITHHELD', ...PAIR].sort());
    await away('waiting_list_entry', 'update waiting_list_entry set recognised = true where id = $1', [one!.entry]);
    await publish(office);
    expect(await listOf(office)).toEqual(
      ['未**，1，WITHHELD，WITHHELD', `王**，3，WITHHELD，${wide}`, `萨**，2，WITHHELD，${wide}`].sort(),
    );
    await unset('approval.income-band-2-fen');
    await unset('approval.area-wide-step-cm2');
    await publish(office);
    expect(await listOf(office)).toEqual(
      ['未**，1，NOT_SET，NOT_SET', '王**，3，NOT_SET，NOT_SET', '萨**，2，NOT_SET，NOT_SET'].sort(),
    );
  });

  it('names no child under 14, whatever a file says', async () => {
    await pair();
    await allotted(office, { kin: [{ name: '韦一诺', birth: dayAfter(TONIGHT, -5000), relation: 'APPLICANT' }] });
    await publish(office);
    expect(await listOf(office)).toEqual(PAIR);
  });

  it('is published by the night of every county where somebody was allotted something; each look is logged, and nobody changes what is public', async () => {
    await pair();
    await pair(ONGNIUD);
    await publishFeeds.run({}, nightOf(office), new AbortController().signal);
    await publishFeeds.run({}, nightOf(office), new AbortController().signal);
    expect([await listOf(office), await listOf(office, ONGNIUD)]).toEqual([PAIR, PAIR]);
    const looks = await office.rows(`select distinct person_id from read_entry where fields = '{name,waitingFactors}'`);
    expect(looks).toHaveLength(4);
    for (const statement of [
      'delete from published_approved_household',
      `update published_approved_household set applicant_name = '某*'`,
    ])
      await expect(office.hub.db.app.query(statement)).rejects.toThrow('permission denied');
    for (const county of ['1504', '999999'])
      await expect(publish(office, county)).rejects.toMatchObject({ code: 'UNKNOWN_REGION' });
  });
});

/** No document sets the number any more: its days are over. */
const unset = (code: string) =>
  away('parameter', `update parameter set valid_to = '2014-12-31' where code = $1`, [code]);
