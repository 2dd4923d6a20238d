import { connectors } from '../../connectors';
import { loadParameters } from '../../src/cli/parameters/load';
import { showParameter, type ToShow } from '../../src/cli/parameters/show';
import { shownInWords } from '../../src/cli/parameters/words';
import { Refusal } from '../../src/cli/refusal';
import { asOwner } from '../../src/store/owner';
import { testDatabase, type TestDatabase } from '../support/database';
import { forgetKnownSince } from '../support/parameters';

const FIRST = new Date('2026-11-29T08:00:00Z');
const LATER = new Date('2026-12-15T08:00:00Z');
const sources = connectors.map(({ name }) => name);

const AREA = 'housing.per-head-area-cm2';
const NEW: Readonly<Record<string, string>> = {
  ...{ code: AREA, region: '150402', programme: 'PUBLIC_RENTAL', value: '140000', unit: 'cm2' },
  ...{ document: '示例〔2026〕12号', mark: 'LOCAL', from: '2027-01-01' },
};
type Fields = Readonly<Record<string, string | undefined>>;
const given = (fields: Fields) => Object.entries(fields).filter(([, text]) => text !== undefined);
const yaml = (...lines: Fields[]) =>
  lines
    .map((line) => given(line).map(([name, text], i) => `${i ? '  ' : '- '}${name}: ${text}\n`))
    .flat()
    .join('');
const csv = (...lines: Fields[]) =>
  [Object.keys(lines[0]!), ...lines.map(Object.values)].map((cells) => cells.join(',')).join('\n');

let base: TestDatabase;
beforeAll(async () => void (base = await testDatabase()));
afterAll(() => base.close());
afterEach(() => forgetKnownSince(base.owner, FIRST));

const load = (text: string, now = FIRST, file = 'numbers.yaml') =>
  asOwner(base.ownerUrl, (owner) => loadParameters(owner, { file, text, by: 'officer:li', sources }, now));
const refusal = async (text: string, file = 'numbers.yaml', now = FIRST): Promise<string[]> => {
  const error: unknown = await load(text, now, file).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Refusal);
  return (error as Refusal).message.split('\n');
};
const books = async () => (await base.owner.query('select * from parameter order by id')).rows as unknown[];
const show = (wanted: Partial<ToShow> = {}, now = LATER) =>
  showParameter(
    base.db.engine,
    { code: AREA, region: '150402', programme: 'PUBLIC_RENTAL', on: '2027-06-01', ...wanted },
    now,
  );
const value = async (wanted: Partial<ToShow> = {}) => (await show(wanted)).inForce?.value;

describe('a file of parameters', () => {
  it.each([
    ['a YAML list', 'numbers.yaml', yaml],
    ['a CSV table', 'numbers.csv', csv],
  ])(
    'sets them, as %s: for the place, from the day, with unit, document, mark and who loaded it',
    async (_, file, of) => {
      expect(await load(of(NEW, { ...NEW, region: '45', value: '160000' }), FIRST, file)).toBe(2);
      const { inForce } = await show();
      expect(inForce).toMatchObject({ value: 140_000, unit: 'cm2', documentNumber: '示例〔2026〕12号', mark: 'LOCAL' });
      expect(inForce).toMatchObject({ regionCode: '150402', validFrom: '2027-01-01', validTo: null, knownFrom: FIRST });
      expect([await value({ on: '2026-12-31' }), await value({ region: '150426' })]).toEqual([150_000, 150_000]);
      expect(await value({ region: '450102' })).toBe(160_000);
      const { rows } = await base.owner.query(
        `select verb, entity from write_entry where subject = 'officer:li' group by 1, 2`,
      );
      expect(rows).toEqual([{ verb: 'loadParameters', entity: 'Parameter' }]);
    },
  );

  it('says "all" for all regions and for all programmes', async () => {
    await load(yaml({ ...NEW, code: 'hukou.years', unit: 'year', value: '2', region: 'all', programme: 'all' }));
    const everywhere = { code: 'hukou.years', programme: undefined };
    expect(await value({ ...everywhere, region: '150402' })).toBe(3); // its region's own is nearer
    expect((await show({ ...everywhere, region: '150402' })).entries.at(-1)).toMatchObject({
      regionCode: null,
      value: 2,
    });
  });

  it.each<[string, Fields, RegExp]>([
    ['an unknown code', { code: 'castle.towers' }, /unknown code 'castle.towers'/],
    ['a source nobody asks', { code: 'answer-within.bank', unit: 'working-day' }, /unknown code 'answer-within.bank'/],
    ['an unknown region', { region: '999999' }, /unknown region '999999'/],
    ['no region', { region: undefined }, /region is missing; 'all' for all/],
    ['an unknown programme', { programme: 'CASTLES' }, /unknown programme 'CASTLES'/],
    ['no programme', { programme: undefined }, /programme is missing/],
    ['another unit', { unit: 'fen' }, /is in cm2, not in 'fen'/],
    ['a value below its bounds', { value: '-1' }, /value -1 is out of bounds: .* from 0 to 2000000 cm2/],
    ['a value above its bounds', { value: '2000001' }, /value 2000001 is out of bounds/],
    ['a value with a fraction', { value: '13.5' }, /value '13.5' is no whole number/],
    ['no document number', { document: undefined }, /document is missing/],
    ['an empty document number', { document: "''" }, /document is missing/],
    ['a citizen number for a document', { document: `1101011990030765${'79'}` }, /document is a document number/],
    ['an unknown mark', { mark: 'HEARSAY' }, /unknown mark 'HEARSAY'/],
    ['a day that is none', { from: '2027-02-30' }, /'2027-02-30' is no day/],
    ['an end before its beginning', { to: '2026-12-31' }, /it ends on 2026-12-31, before it begins/],
    ['a name nobody reads', { until: '2027-12-31' }, /unknown name 'until'/],
  ])('is refused with file and line, and nothing of it is written, for %s', async (_, fault, said) => {
    const before = await books();
    const lines = await refusal(yaml({ ...NEW, region: '45' }, { ...NEW, ...fault }));
    expect(lines).toEqual([expect.stringMatching(/^numbers\.yaml:9: /), 'Nothing was changed.']);
    expect(lines[0]).toMatch(said);
    expect(await books()).toEqual(before);
  });

  it.each([
    ['YAML that is none', 'x.yaml', `${yaml(NEW)}- code: "open\n`, /^x\.yaml:\d+: /],
    ['a name given twice', 'x.yaml', `${yaml(NEW)}  value: 1\n`, /^x\.yaml:9: .*unique/],
    ['no list', 'x.yaml', 'code: a\n', /^x\.yaml:1: it is no list$/],
    ['a list of lists', 'x.yaml', '# numbers\n- - a\n', /^x\.yaml:2: it is no list of names/],
    ['nothing', 'x.yaml', '# numbers\n', /^x\.yaml:1: it gives no number$/],
    ['a header alone', 'x.csv', Object.keys(NEW).join(','), /^x\.csv:1: it gives no number$/],
    ['a row too short', 'x.csv', `${csv(NEW)}\nhukou.years`, /^x\.csv:3: /],
    ['a column twice', 'x.csv', 'code,code\na,b', /^x\.csv:1: two columns are called 'code'$/],
  ])('is refused with file and line: %s', async (_, file, text, said) => {
    const before = await books();
    expect((await refusal(text, file))[0]).toMatch(said);
    expect(await books()).toEqual(before);
  });

  it('is refused with every fault at once, in the order of its lines', async () => {
    const wrong = yaml({ ...NEW, region: '99', mark: 'NONE' }, NEW, { ...NEW, unit: 'fen' });
    expect((await refusal(wrong)).map((line) => line.slice(0, 16))).toEqual([
      'numbers.yaml:1: ',
      'numbers.yaml:1: ',
      'numbers.yaml:17:',
      'Nothing was chan',
    ]);
  });

  it('is refused where two of its lines give one number two values for a day; other places and days it may give', async () => {
    const half = { ...NEW, to: '2027-06-30' };
    const [said] = await refusal(yaml(half, { ...NEW, from: '2027-06-30' }));
    expect(said).toMatch(/^numbers\.yaml:10: overlaps with line 1: two values of housing\.per-head-area-cm2/);
    const [back] = await refusal(yaml({ ...NEW, from: '2027-06-30' }, half));
    expect(back).toMatch(/^numbers\.yaml:9: overlaps with line 1/);
    const apart = [
      half,
      { ...NEW, from: '2027-07-01' },
      { ...half, programme: 'LOW_RENT', replaces: '演示值，非正式文件' },
      { ...half, region: '150426' },
    ];
    expect(await load(yaml(...apart))).toBe(4);
  });

  it('leaves nothing behind where the database refuses its last line', async () => {
    await base.owner.query('alter table parameter add constraint no_such_value check (value <> 140001)');
    const before = await books();
    await expect(load(yaml(NEW, { ...NEW, region: '45', value: '140001' }))).rejects.toThrow('no_such_value');
    await base.owner.query('alter table parameter drop constraint no_such_value');
    expect(await books()).toEqual(before);
  });
});

describe('a value that stands', () => {
  const OTHER = { ...NEW, value: '155000', document: '示例〔2026〕15号' };
  beforeEach(() => load(yaml(NEW)));

  it('is replaced by its document number only: an overlap that does not name it is refused, and so is a name that stands nowhere', async () => {
    const before = await books();
    expect((await refusal(yaml(OTHER), undefined, LATER))[0]).toMatch(
      /^numbers\.yaml:1: overlaps with 2027-01-01 to open of 示例〔2026〕12号: .*replaces: 示例〔2026〕12号$/,
    );
    expect((await refusal(yaml({ ...OTHER, replaces: '示例〔2025〕1号' }), undefined, LATER))[0]).toMatch(
      /overlaps with/,
    );
    expect(
      (await refusal(yaml({ ...OTHER, region: '45', replaces: '示例〔2026〕12号' }), undefined, LATER))[0],
    ).toMatch(/gives housing\.per-head-area-cm2 no value for those days/);
    expect(await books()).toEqual(before);
  });

  it('gives way to a correction from when that is loaded; what was known before can be asked for, and no row of it is edited', async () => {
    const before = await books();
    await load(yaml({ ...OTHER, replaces: '示例〔2026〕12号' }), LATER);
    const now = new Date(LATER.getTime() + 1);
    const known = async (at: Date) => (await show({ known: at }, now)).inForce?.value;
    expect(await known(new Date(FIRST.getTime() - 1))).toBe(150_000);
    expect(await known(FIRST)).toBe(140_000);
    expect(await known(new Date(LATER.getTime() - 1))).toBe(140_000);
    expect(await known(LATER)).toBe(155_000);
    expect(await books()).toEqual(expect.arrayContaining(before));
    const again = yaml({ ...OTHER, value: '156000', document: '示例〔2027〕1号', replaces: '示例〔2026〕15号' });
    expect(await load(again, new Date(LATER.getTime() + 1))).toBe(1);
  });

  it('holds on the days that the one after it leaves', async () => {
    await load(yaml({ ...OTHER, from: '2027-03-01', to: '2027-03-31', replaces: '示例〔2026〕12号' }), LATER);
    const days = ['2027-02-28', '2027-03-01', '2027-03-31', '2027-04-01'];
    expect(await Promise.all(days.map((on) => value({ on })))).toEqual([140_000, 155_000, 155_000, 140_000]);
  });

  it('is loaded once of two who load it at a time', async () => {
    const text = yaml({ ...OTHER, replaces: '示例〔2026〕12号' });
    const outcomes = await Promise.allSettled([load(text, LATER), load(text, new Date(LATER.getTime() + 5))]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await show({}, new Date('2026-12-31'))).entries.filter((entry) => entry.value === 155_000)).toHaveLength(1);
  });

  it('is never followed by a word of a clock that runs behind', async () => {
    const text = yaml({ ...OTHER, replaces: '示例〔2026〕12号' });
    expect((await refusal(text, undefined, FIRST))[0]).toMatch(/the clock says 2026-11-29T08:00:00.000Z/);
  });
});

describe('hub parameters show', () => {
  it('tells a person what holds, by which document and mark, and what else is on the books', async () => {
    await load(yaml(NEW));
    const wanted = { code: AREA, region: '150402', programme: 'PUBLIC_RENTAL', on: '2027-06-01' };
    const lines = shownInWords(wanted, await showParameter(base.db.engine, wanted, LATER));
    expect(lines[0]).toBe(`${AREA} = 14 平方米（示例〔2026〕12号，地方文件，150402，自 2027-01-01）`);
    expect(lines.filter((line) => line.startsWith('  * '))).toEqual([
      '  * 150402  公共租赁住房  14 平方米  2027-01-01 至 今  示例〔2026〕12号  LOCAL  录入 2026-11-29T08:00:00.000Z',
    ]);
    expect(lines).toHaveLength(5); // two of the county, two of its region
  });

  it('says that nothing holds where nothing does, and refuses what nobody has', async () => {
    const nothing = { code: 'answer-within.property', region: '15' };
    expect(shownInWords(nothing, await showParameter(base.db.engine, nothing, LATER))).toEqual([
      'answer-within.property：15 没有生效的值，依据它的规则待核实',
    ]);
    for (const unknown of [{ code: 'castle.towers' }, { region: '999999' }, { programme: 'CASTLES' }])
      await expect(show(unknown)).rejects.toThrow(Refusal);
  });
});
