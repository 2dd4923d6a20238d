import { Migration } from '@mikro-orm/migrations';

type Line = readonly [code: string, region: string, programme: string | null, value: number, unit: string];

/** No national text gives these numbers (domain.md §11): each region replaces them by its own, with a document. */
const DEFAULTS: readonly Line[] = ['15', '45'].flatMap((region): Line[] => [
  ['housing.per-head-area-cm2', region, null, 150_000, 'cm2'],
  ['housing.per-head-area-cm2', region, 'LOW_RENT', 130_000, 'cm2'],
  ['income.per-head-monthly-fen', region, 'LOW_RENT', 150_000, 'fen'],
  ['income.per-head-monthly-fen', region, 'RENTAL_SUBSIDY', 200_000, 'fen'],
  ['income.per-head-monthly-fen', region, 'PUBLIC_RENTAL', 300_000, 'fen'],
  ['income.per-head-monthly-fen', region, 'AFFORDABLE_SALE', 350_000, 'fen'],
  ['income.per-head-monthly-fen', region, 'PRICE_CAPPED_SALE', 450_000, 'fen'],
  ['high-end-vehicle.price-fen', region, 'LOW_RENT', 15_000_000, 'fen'],
  ['high-end-vehicle.price-fen', region, 'RENTAL_SUBSIDY', 15_000_000, 'fen'],
  ['income.deviation-bp', region, null, 1_000, 'bp'],
]);

/** A county stricter than its region: shows that the nearest region's number wins. Invented. */
const STRICTER: readonly Line[] = [
  ['housing.per-head-area-cm2', '150402', 'LOW_RENT', 120_000, 'cm2'],
  ['income.per-head-monthly-fen', '150402', 'LOW_RENT', 140_000, 'fen'],
];

const ADULT: readonly Line[] = ['15', '45'].map((region): Line => ['adult-age.years', region, null, 18, 'year']);

const ALL_FIELDS = {
  property: ['units', 'ownedAreaCm2'],
  vehicle: ['vehicles', 'dearestVehicleFen', 'unpricedVehicles'],
  'civil-affairs': [
    'marriageStatus',
    'spouseIdNumber',
    'spouseName',
    'deceasedOn',
    'allowanceClass',
    'allowanceValidUntil',
    'incomeClass',
    'perHeadMonthlyFen',
    'determinationValidUntil',
  ],
  'provident-fund': ['accountStatus', 'monthsPaid', 'monthlyContributionFen', 'ratioBp', 'baseFen', 'lastPaidMonth'],
};

/** The purposes for which agencies may be asked, and the numbers of the rules with their dates, documents and marks. */
export class Migration20261122Law extends Migration {
  override up(): void {
    this.purposes();
    /* Parameters hang on regions, which are loaded after the migrations: those named here come first, as stubs. */
    this.addSql(`
      insert into region (code, name, level, division_kind, parent_code) values
        ('15', '内蒙古自治区', 'REGION', 'AUTONOMOUS_REGION', null), ('45', '广西壮族自治区', 'REGION', 'AUTONOMOUS_REGION', null),
        ('1504', '赤峰市', 'PREFECTURE', 'PREFECTURE_CITY', '15'), ('150402', '红山区', 'COUNTY', 'DISTRICT', '1504')
      on conflict (code) do nothing`);
    this.parameters(DEFAULTS, '默认值，待地方文件确定', 'UNVERIFIED');
    this.parameters(STRICTER, '演示值，非正式文件', 'UNVERIFIED');
    this.parameters(ADULT, '民法典第十七条', 'NATIONAL');
  }

  private purposes(): void {
    const sources = Object.keys(ALL_FIELDS).join(',');
    const fields = Object.entries(ALL_FIELDS).flatMap(([source, names]) => names.map((name) => `${source}.${name}`));
    this.addSql(`
      insert into purpose (code, title, basis, sources, fields) values
        ('ADMISSION_REVIEW', '准入审核', 'IM-3.C6, IM-3.D6', '{${sources}}', '{${fields.join(',')}}'),
        ('ANNUAL_REVIEW', '年度审核', 'IM-7.1', '{${sources}}', '{${fields.join(',')}}')
      on conflict (code) do update set title = excluded.title, basis = excluded.basis, sources = excluded.sources, fields = excluded.fields`);
  }

  /** Valid, and counted as known, since the year of the two source documents. */
  private parameters(lines: readonly Line[], document: string, mark: 'UNVERIFIED' | 'NATIONAL'): void {
    const text = (value: string | null) => (value === null ? 'null' : `'${value}'`);
    const rows = lines.map(([code, region, programme, value, unit]) => {
      const named = [code, region, programme].map(text).join(', ');
      return `(gen_random_uuid(), ${named}, ${value}, '${unit}', '${document}', '${mark}', '2014-01-01', '2014-01-01')`;
    });
    this.addSql(`
      insert into parameter (id, code, region_code, programme, value, unit, document_number, mark, valid_from, known_from)
      values ${rows.join(',\n        ')}`);
  }
}
