import { beijingDay } from '../../src/access/day';
import { enterDemoForms } from '../../src/cli/demo-forms';
import { admission, staffOf } from '../admission/office-of';
import { png } from '../documents/support/bytes';
import { documents } from '../documents/support/office';
import { UNCOUNTED } from '../server/support/stage';
import { honestFiles } from '../support/files';
import { openRunningHub, type RunningHub } from '../support/running-hub';

const ENTRIES = [
  { key: 'phone', value: '04761234567' },
  { key: 'dwelling-nature', value: '租赁私房' },
  { key: 'dwelling-area', value: '450000' },
  { key: 'yearly-income', value: '2400000' },
  { key: 'owned-area', value: '0' },
  { key: 'transferred', value: 'NO' },
];
const LACKING = [
  ...['联系电话', '现住房性质', '现住房使用面积', '家庭年收入', '自有住房面积', '五年内是否转让住房'],
  ...['身份证复印件', '户口簿复印件', '收入证明'],
];
const FORM = 'query ($id: ID!) { application(id: $id) { form { template { version } gaps { label } } } }';
const FILL = 'mutation ($input: FillApplicationInput!) { fillApplication(input: $input) { version } }';

let running: RunningHub;
beforeAll(async () => void (running = await openRunningHub(80, UNCOUNTED)));
afterAll(() => running.close());

describe('the form of the demonstration', () => {
  it('is in force in each prefecture that has none, is entered once, and says all at once what is lacking; filled in, the application is submitted [IM-4.2] [IM-4.3]', async () => {
    const { owner } = running.base;
    for (let start = 0; start < 2; start += 1) await enterDemoForms(owner, beijingDay(running.hub.now()));
    const { rows } = await owner.query<{ level: string; forms: number }>(
      `select r.level, count(t.id)::int as forms from region r left join form_template t on t.region_code = r.code
       where r.valid_to is null group by r.code, r.level`,
    );
    expect(new Set(rows.map(({ level, forms }) => `${level} ${forms}`))).toEqual(
      new Set(
        [...new Set(rows.map(({ level }) => level))].map((level) => `${level} ${level === 'PREFECTURE' ? 1 : 0}`),
      ),
    );

    const file = (await honestFiles(running)).find(
      ({ region }) => running.hub.regions.find(region)!.divisionKind !== 'DISTRICT',
    )!;
    const { committee } = staffOf(file, running);
    const office = admission(running);
    const begun = await office.start(committee, file);
    expect(begun.errors).toEqual([]);
    const { id } = begun.data.startApplication;
    const lacking = async () => {
      const { data } = await running.ask<{ application: { form: { gaps: { label: string }[] } } }>(committee, FORM, {
        variables: { id },
      });
      return data.application.form.gaps.map(({ label }) => label);
    };
    expect(await lacking()).toEqual(LACKING);
    expect(await office.refused(committee, 'submitApplication', id)).toMatch(/^APPLICATION_INCOMPLETE/);
    const input = { applicationId: id, version: 0, entries: ENTRIES };
    expect((await running.ask(committee, FILL, { variables: { input } })).errors).toEqual([]);
    const desk = documents(running);
    for (const kind of ['IDENTITY', 'HUKOU', 'INCOME'])
      expect((await desk.handIn(committee, id, png(kind), { kind })).status).toBe(201);
    expect(await lacking()).toEqual([]);
    expect((await office.does(committee, 'submitApplication', id)).state).toBe('SUBMITTED');
  });

  it('is one that a prefecture could publish itself', async () => {
    const { rows } = await running.base.owner.query<{ fields: object[]; documents: object[] }>(
      'select fields, documents from form_template limit 1',
    );
    const { fields, documents: list } = rows[0]!;
    const city = { role: 'CITY_HOUSING', region: '1504', sub: 'city' } as const;
    const { errors } = await running.ask(
      city,
      'mutation ($input: PublishFormTemplateInput!) { publishFormTemplate(input: $input) { version } }',
      {
        variables: {
          input: {
            ...{ region: '1504', title: '表', documentNumber: '1号', validFrom: beijingDay(running.hub.now()) },
            ...{ fields, documents: list },
          },
        },
      },
    );
    expect(errors).toEqual([]);
  });
});
