import { APPROVED, type ApprovedHouseholdRow } from '../../resolvers/disclosure/approved-household';
import { publicDocuments } from '../../resolvers/disclosure/documents';
import { REGISTERED, type RegisteredObjectRow } from '../../resolvers/disclosure/registered-object-rows';
import { pageOfPublished } from '../../resolvers/disclosure/published-rows';
import { maskName } from '../../src/access/masks';
import { publishFeeds } from '../../src/jobs/publish-feeds';
import { HONGSHAN, openOffice, type Office } from '../commands/support/office';
import { allotted, family, nightOf, publicRows, textOf, type Allotted } from './allotted';

/** Eight who were allotted something, and as many whose applications are open: each name of the one list fits one of the other. */
const NAMES = ['萨仁花', '王建国', '李红', '乌日娜', '包青山', '张伟', '刘一', '陈二三'];
const OTHERS = ['萨如拉', '王小明', '李白', '乌兰托', '包小山', '张三', '刘二', '陈四五'];
const INCOMES = [80_137, 90_211, 120_349, 130_457, 160_561, 170_673, 81_787, 121_893];

let office: Office;
let listed: Allotted[];
beforeAll(async () => {
  office = await openOffice();
  listed = [];
  for (const [at, name] of NAMES.entries())
    listed.push(await allotted(office, { kin: family(name, 1 + (at % 3)), incomeFen: INCOMES[at]!, areaCm2: 512_347 }));
  for (const name of OTHERS) {
    const { id } = await office.home(HONGSHAN, family(name, 1));
    await office.rows(
      `insert into housing_case (id, region_code, household_id, kind, programme, applicant_id, submitted_on, declared_income_fen)
       select gen_random_uuid(), $1, $2, 'APPLICATION', 'LOW_RENT', person_id, '2026-09-01', 123457 from household_member where household_id = $2 and relation = 'APPLICANT'`,
      [HONGSHAN, id],
    );
  }
  await night();
});
afterAll(() => office.close());

const night = () => publishFeeds.run({}, nightOf(office), new AbortController().signal);
const list = () => publicRows<ApprovedHouseholdRow>(office, APPROVED);
const roster = () => publicRows<RegisteredObjectRow>(office, REGISTERED);
const fieldsOf = (id: string) =>
  /nodes \{ ([^}]*) \}/.exec(publicDocuments.find((document) => document.id === id)!.query)![1]!.split(' ');

describe('the list of approved households and the roster of applicants, put side by side [GX-10.2.3]', () => {
  it('share a number that counts within its own publication, a county, and the first character and length of a name, and nothing more', async () => {
    const shared = fieldsOf('approved-households').filter((field) => fieldsOf('registered-objects').includes(field));
    expect(shared).toEqual(['rowNumber', 'applicantName']);
    for (const { rowNumber, applicantName } of await list())
      expect([Number.isInteger(rowNumber), applicantName]).toEqual([true, expect.stringMatching(/^.\*+$/u)]);
    expect((await list()).map(({ rowNumber }) => rowNumber)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect((await roster()).map(({ rowNumber }) => rowNumber)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('joined by all they share give pairs none of which is one household: nobody stands in both', async () => {
    const applicants = await roster();
    const pairs = (await list()).flatMap((mine) =>
      applicants
        .filter((theirs) => maskName(theirs.applicantName) === mine.applicantName)
        .map((theirs) => [mine, theirs] as const),
    );
    expect(pairs).toHaveLength(NAMES.length); // each finds one, and the wrong one
    for (const [, theirs] of pairs) expect(NAMES).not.toContain(theirs.applicantName);
    const byNumber = (await list()).map(({ rowNumber }) => applicants[rowNumber - 1]!.applicantName);
    for (const name of byNumber) expect(NAMES).not.toContain(name);
  });

  it('give no citizen number, exact income, exact area, day, dwelling or id of ours, of those allotted nothing of the roster either', async () => {
    const told = (await list()).map(textOf).join('\n');
    const both = told + JSON.stringify(await roster());
    const secrets = await office.rows<{ secret: string }>(
      `select unnest(array[a.id::text, a.application_id::text, a.entry_id::text, a.household_id::text, w.id::text, w.unit_code, w.project, w.address, a.document_number,
         e.income_fen::text, trim_scale(e.income_fen / 100.0)::text, w.area_cm2::text, trim_scale(w.area_cm2 / 10000.0)::text]) as secret
       from allotment a join dwelling w on w.id = a.dwelling_id join waiting_list_entry e on e.id = a.entry_id`,
    );
    expect(secrets).toHaveLength(NAMES.length * 13);
    const people = await office.rows<{ secret: string }>(
      `select unnest(array[p.id::text, p.birth_date::text]) as secret from person p`,
    );
    for (const { secret } of [...secrets, ...people]) expect([secret, both.includes(secret)]).toEqual([secret, false]);
    for (const name of NAMES) expect([name, both.includes(name)]).toEqual([name, false]);
    expect(both).not.toMatch(/\d{15}/);
    expect(told).not.toMatch(/\d{4}-\d{2}|廉租|公共租赁|150402/);
  });

  it('keep no order between two nights, so that a place in one says nothing of a place in another', async () => {
    const orders = new Set<string>();
    for (let time = 0; time < 5; time++) {
      orders.add((await list()).map(({ applicantName, population }) => `${applicantName}${population}`).join());
      await office.rows(`update publication set snapshot_hash = 'another'`);
      await night();
    }
    expect(orders.size).toBeGreaterThan(1); // all alike: once in 10^18
  });

  it('take no cursor of each other, and a cursor holds a county and a number', async () => {
    const page = await pageOfPublished<ApprovedHouseholdRow>(office.hub, APPROVED, HONGSHAN, { first: 2 });
    const after = page.pageInfo.endCursor!;
    expect(office.hub.cursors.read(`approved-households ${HONGSHAN}`, after)).toEqual([HONGSHAN, 2]);
    await expect(pageOfPublished(office.hub, REGISTERED, HONGSHAN, { first: 2, after })).rejects.toMatchObject({
      code: 'INVALID_CURSOR',
    });
    const next = await pageOfPublished<ApprovedHouseholdRow>(office.hub, APPROVED, HONGSHAN, { first: 200, after });
    expect(next.nodes.map(({ rowNumber }) => rowNumber)).toEqual([3, 4, 5, 6, 7, 8]);
  });
});

describe('who was in the roster of an earlier night [GX-10.2.3]', () => {
  it('is out of it before the list can name them', async () => {
    const applicant = listed[0]!;
    await office.rows(`update housing_case set closed_on = null, closed_as = null where household_id = $1`, [
      applicant.household,
    ]);
    await night();
    expect((await roster()).map(({ applicantName }) => applicantName)).toContain(NAMES[0]);
    expect((await list()).map(({ applicantName }) => applicantName)).not.toContain(maskName(NAMES[0]!));
    await office.rows(
      `update housing_case set closed_on = '2026-11-01', closed_as = 'SETTLED' where household_id = $1`,
      [applicant.household],
    );
    await night();
    expect((await roster()).map(({ applicantName }) => applicantName)).not.toContain(NAMES[0]);
    expect((await list()).map(({ applicantName }) => applicantName)).toContain(maskName(NAMES[0]!));
  });

  it('is not in the list of a night that could not publish the roster', async () => {
    await office.rows(`update housing_case set closed_on = null, closed_as = null where household_id = $1`, [
      listed[0]!.household,
    ]);
    await night();
    await office.rows(
      `update housing_case set closed_on = '2026-11-01', closed_as = 'SETTLED' where household_id = $1`,
      [listed[0]!.household],
    );
    await office.rows(`insert into mask_profile values ($1, 'NO_SUCH_MASK', 'x')`, [HONGSHAN]);
    await expect(night()).rejects.toThrow('1 of 1 counties could not be published');
    expect((await roster()).map(({ applicantName }) => applicantName)).toContain(NAMES[0]);
    expect((await list()).map(({ applicantName }) => applicantName)).not.toContain(maskName(NAMES[0]!));
  });
});
