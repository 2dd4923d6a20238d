import { Migration } from '@mikro-orm/migrations';

const FIELDS = ['nameMatch', 'hukouPlace', 'hukouKind', 'hukouSince', 'deceasedOn', 'cancelledOn', 'minorChildren'].map(
  (field) => `police.${field}`,
);

type Line = readonly [code: string, region: string, programme: string | null, value: number, unit: string];

/**
 * No national text gives these numbers: each region replaces them by its own, with a document. Leading digits of the place
 * code that must be those of the application's county: 4, the same city. Who has no local register may still come in as a
 * worker from elsewhere where the programme is open to them (公共租赁住房管理办法 7): 1.
 */
const DEFAULTS: readonly Line[] = ['15', '45'].flatMap((region): Line[] => [
  ['hukou.years', region, null, 3, 'year'],
  ['hukou.local-code-digits', region, null, 4, 'digit'],
  ['hukou.non-local-admitted', region, null, 0, 'flag'],
  ['hukou.non-local-admitted', region, 'PUBLIC_RENTAL', 1, 'flag'],
]);

/** A county stricter than its region: invented. */
const STRICTER: readonly Line[] = [['hukou.years', '150402', 'LOW_RENT', 5, 'year']];

/** 公安户籍 may be asked for both reviews [IM-3.C6, IM-3.D6]; the numbers of RR-05. */
export class Migration20261125Police extends Migration {
  override up(): void {
    this.addSql(`
      update purpose set sources = sources || '{police}', fields = fields || '{${FIELDS.join(',')}}'
      where code in ('ADMISSION_REVIEW', 'ANNUAL_REVIEW') and not 'police' = any (sources)`);
    this.parameters(DEFAULTS, '默认值，待地方文件确定');
    this.parameters(STRICTER, '演示值，非正式文件');
  }

  private parameters(lines: readonly Line[], document: string): void {
    const text = (value: string | null) => (value === null ? 'null' : `'${value}'`);
    const rows = lines.map(([code, region, programme, value, unit]) => {
      const named = [code, region, programme].map(text).join(', ');
      return `(gen_random_uuid(), ${named}, ${value}, '${unit}', '${document}', 'UNVERIFIED', '2014-01-01', '2014-01-01')`;
    });
    this.addSql(`
      insert into parameter (id, code, region_code, programme, value, unit, document_number, mark, valid_from, known_from)
      values ${rows.join(',\n        ')}`);
  }
}
