import { UNCOUNTED } from '../server/support/stage';
import { admission, staffOf } from '../admission/office-of';
import { png } from '../documents/support/bytes';
import { documents } from '../documents/support/office';
import { honestFiles, purposeOf, type File } from '../support/files';
import { openRunningHub, type Asked, type RunningHub, type Who } from '../support/running-hub';

let running: RunningHub;
let files: File[];
let prefecture: string | undefined;
beforeAll(async () => {
  running = await openRunningHub(300, UNCOUNTED);
  for (const source of ['civil-affairs', 'police']) await running.sandbox.control.set(source, { readyAfterMs: 0 });
  files = await honestFiles(running);
});
afterAll(() => running.close());

const TODAY = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const FIELDS = [
  { key: 'phone', label: '联系电话', kind: 'TEXT', required: true },
  { key: 'nature', label: '现住房性质', kind: 'CHOICE', required: true, choices: ['直管公房', '租赁私房', '借住'] },
  { key: 'income', label: '家庭年收入', kind: 'MONEY_FEN', required: true },
  { key: 'moved-in', label: '入住时间', kind: 'DATE', required: false },
  {
    ...{ key: 'owned-area', label: '自有住房面积', kind: 'AREA_CM2', required: true },
    ...{ source: 'property', fact: 'ownedAreaCm2', everyone: true },
  },
];
const DOCUMENTS = [
  { kind: 'IDENTITY', label: '身份证复印件' },
  { kind: 'INCOME', label: '收入证明' },
];
const ENTRIES = [
  { key: 'phone', value: '04761234567' },
  { key: 'nature', value: '租赁私房' },
  { key: 'income', value: '2400000' },
];

interface Template {
  readonly id: string;
  readonly version: number;
}
const publish = (who: Who, region: string, more: object = {}) =>
  running.ask<{ publishFormTemplate: Template }>(
    who,
    'mutation ($input: PublishFormTemplateInput!) { publishFormTemplate(input: $input) { id version } }',
    {
      variables: {
        input: {
          ...{ region, title: '住房保障申请审核表', documentNumber: '市房〔2026〕1号', validFrom: TODAY() },
          ...{ fields: FIELDS, documents: DOCUMENTS, ...more },
        },
      },
    },
  );

interface Form {
  readonly template: Template;
  readonly fields: {
    readonly field: { readonly key: string };
    readonly value: string | null;
    readonly shared: { readonly personId: string; readonly value: string | null }[] | null;
  }[];
  readonly gaps: { readonly key: string; readonly label: string }[];
}
const FORM = `query ($id: ID!) { application(id: $id) { version form { template { id version } gaps { key label }
  fields { field { key } value shared { personId value } } } } }`;
const formOf = async (who: Who, id: string, purpose?: string): Promise<Form | null> => {
  const { errors, data } = await running.ask<{ application: { form: Form | null } }>(who, FORM, {
    ...{ variables: { id }, ...(purpose ? { purpose } : {}) },
  });
  expect(errors).toEqual([]);
  return data.application.form;
};
const fill = (who: Who, applicationId: string, entries: readonly object[], version = 0) =>
  running.ask<{ fillApplication: { version: number } }>(
    who,
    'mutation ($input: FillApplicationInput!) { fillApplication(input: $input) { version } }',
    { variables: { input: { applicationId, version, entries } } },
  );
const told = ({ errors }: Asked<unknown>) =>
  errors.map(({ extensions: { code, field } }) => (field ? `${code} ${field}` : code)).join();

/** Who takes applications in where a file lies. */
function takerOf(file: File): NonNullable<Who> {
  const { committee, street } = staffOf(file, running);
  return running.hub.regions.find(file.region)!.divisionKind === 'DISTRICT' ? street : committee;
}

/** Who takes none in there. */
function otherOf(file: File): NonNullable<Who> {
  const { committee, street } = staffOf(file, running);
  return takerOf(file).role === street.role ? committee : street;
}

const cityOf = ({ region }: File): string => running.hub.regions.find(region)!.parentCode!;

/** So many files of the one prefecture that has the most, each used once. */
function nextFiles(count: number): File[] {
  const most = (city: string) => files.filter((file) => cityOf(file) === city).length;
  prefecture ??= files.map(cityOf).reduce((one, other) => (most(other) > most(one) ? other : one));
  const taken = files.filter((file) => cityOf(file) === prefecture).slice(0, count);
  files = files.filter((file) => !taken.includes(file));
  expect(taken).toHaveLength(count);
  return taken;
}

describe('the form of an application', () => {
  it('is the version its prefecture had in force when it began, and only the prefecture publishes [IM-4.2]', async () => {
    const [file, later] = nextFiles(2) as [File, File];
    const { county, city } = staffOf(file, running);
    const office = admission(running);
    expect(told(await publish(county, city.region!))).toBe('FORBIDDEN');
    expect(told(await publish(city, file.region))).toBe('FORBIDDEN region');
    expect(told(await publish(city, city.region!, { fields: [] }))).toBe('INVALID_INPUT fields');
    expect(told(await publish(city, city.region!, { fields: [FIELDS[0], FIELDS[0]] }))).toBe('INVALID_INPUT fields');
    expect(told(await publish(city, city.region!, { documents: [DOCUMENTS[0], DOCUMENTS[0]] }))).toBe(
      'INVALID_INPUT documents',
    );
    expect(told(await publish(city, city.region!, { fields: [{ ...FIELDS[0], key: '../x' }] }))).toBe(
      'INVALID_INPUT fields.0.key',
    );
    expect(told(await publish(city, city.region!, { fields: [{ ...FIELDS[4], fact: 'units' }] }))).toBe(
      'INVALID_INPUT fields.0.fact',
    );
    const first = (await publish(city, city.region!)).data.publishFormTemplate;
    expect(first.version).toBe(1);
    const { id } = await office.begins(takerOf(file), file);
    const second = (await publish(city, city.region!, { fields: FIELDS.slice(0, 1) })).data.publishFormTemplate;
    expect(second.version).toBe(2);
    expect(told(await publish(city, city.region!, { validFrom: '2020-01-01' }))).toBe('INVALID_INPUT validFrom');
    const after = await office.begins(takerOf(later), later);
    expect((await formOf(county, id))?.template).toEqual(first);
    expect((await formOf(city, after.id))?.template).toEqual(second);
    /* Back to the whole form for what follows. */
    await publish(city, city.region!);
  });

  it('names all that is lacking at once, and is not taken before nothing is [IM-4.3]', async () => {
    const [file] = nextFiles(1) as [File];
    const [taker, { county }] = [takerOf(file), staffOf(file, running)];
    const office = admission(running);
    const { id } = await office.begins(taker, file);
    const asked = await office.act(taker, 'submitApplication', id);
    expect(told(asked)).toBe('APPLICATION_INCOMPLETE applicationId');
    for (const label of ['联系电话', '现住房性质', '家庭年收入', '自有住房面积', '身份证复印件', '收入证明'])
      expect(asked.errors[0]!.message).toContain(label);
    expect(asked.errors[0]!.message).not.toContain('入住时间');
    expect((await formOf(county, id))!.gaps.map(({ key }) => key)).toEqual([
      ...['phone', 'nature', 'income', 'owned-area', 'IDENTITY', 'INCOME'],
    ]);
    await fill(taker, id, ENTRIES.slice(0, 2));
    expect(told(await office.act(taker, 'submitApplication', id))).toBe('APPLICATION_INCOMPLETE applicationId');
    await fill(taker, id, [...ENTRIES, { key: 'owned-area', value: '0' }]);
    expect((await formOf(county, id))!.gaps.map(({ key }) => key)).toEqual(['IDENTITY', 'INCOME']);
    const desk = documents(running);
    await desk.handIn(taker, id, png('identity'), { kind: 'IDENTITY' });
    expect(told(await office.act(taker, 'submitApplication', id))).toBe('APPLICATION_INCOMPLETE applicationId');
    await desk.handIn(taker, id, png('income'), { kind: 'INCOME' });
    expect((await formOf(county, id))!.gaps).toEqual([]);
    expect(await office.does(taker, 'submitApplication', id)).toMatchObject({ state: 'SUBMITTED' });
    expect(told(await fill(taker, id, ENTRIES, 1))).toBe('ILLEGAL_MOVE applicationId');
  });

  it('keeps nothing of what does not fit its field, and says which entry', async () => {
    const [file] = nextFiles(1) as [File];
    const [taker, { county, civil }] = [takerOf(file), staffOf(file, running)];
    const office = admission(running);
    const { id } = await office.begins(taker, file);
    const bad: readonly (readonly [object, string])[] = [
      [{ key: 'income', value: '24,000' }, 'INVALID_INPUT entries.1.value'],
      [{ key: 'income', value: '-1' }, 'INVALID_INPUT entries.1.value'],
      [{ key: 'income', value: '1e5' }, 'INVALID_INPUT entries.1.value'],
      [{ key: 'moved-in', value: '2026-02-30' }, 'INVALID_INPUT entries.1.value'],
      [{ key: 'nature', value: '别墅' }, 'INVALID_INPUT entries.1.value'],
      [{ key: 'phone', value: 'x'.repeat(201) }, 'INVALID_INPUT entries.1.value'],
      [{ key: 'phone', value: '11010519491231002X' }, 'INVALID_INPUT entries.1.value'],
      [{ key: 'no-such', value: '1' }, 'INVALID_INPUT entries.1.key'],
    ];
    for (const [entry, fault] of bad)
      expect([entry, told(await fill(taker, id, [{ key: 'phone', value: '1' }, entry]))]).toEqual([entry, fault]);
    expect((await formOf(county, id))!.fields.map(({ value }) => value)).toEqual(FIELDS.map(() => null));
    expect(told(await fill(taker, id, ENTRIES, 3))).toBe('STALE_VERSION version');
    expect(told(await fill(county, id, ENTRIES))).toBe('FORBIDDEN');
    expect(told(await fill(otherOf(file), id, ENTRIES))).toBe('WRONG_LEVEL applicationId');
    expect(told(await fill(civil, id, ENTRIES))).toBe('FORBIDDEN');
    await fill(taker, id, ENTRIES);
    await fill(taker, id, [{ key: 'phone', value: null }]);
    expect((await formOf(county, id))!.fields.find(({ field }) => field.key === 'phone')!.value).toBeNull();
  });

  it('does not ask for what a source has told, and shows it with its source to whoever works under the case’s own purpose', async () => {
    const [file] = nextFiles(1) as [File];
    const [taker, { county }] = [takerOf(file), staffOf(file, running)];
    const office = admission(running);
    const { id } = await office.begins(taker, file);
    await office.report(county, file); // the sources are asked
    const shown = (await formOf(county, id))!;
    expect(shown.gaps.map(({ key }) => key)).toEqual(['phone', 'nature', 'income', 'IDENTITY', 'INCOME']);
    expect(shown.fields.map(({ shared }) => shared)).toEqual(FIELDS.map(() => null));
    expect(told(await fill(taker, id, [{ key: 'owned-area', value: '1' }]))).toBe('INVALID_INPUT entries.0.key');
    const purpose = await purposeOf(running, county, file);
    const { shared } = (await formOf(county, id, purpose))!.fields.find(({ field }) => field.key === 'owned-area')!;
    expect(new Set(shared!.map(({ personId }) => personId))).toEqual(new Set(file.members.map((member) => member.id)));
    for (const { value } of shared!) expect(value).toMatch(/^(\d+|null)$/);
    await running.base.owner.query(
      `update purpose set fields = array_remove(fields, 'property.ownedAreaCm2') where code = 'ADMISSION_REVIEW'`,
    );
    const narrowed = (await formOf(county, id, purpose))!.fields.find(({ field }) => field.key === 'owned-area')!;
    expect(narrowed.shared).toEqual([]); // the purpose names it no more
  });
});
