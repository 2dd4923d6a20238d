import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'iconv-lite';
import { checkCharacter } from '../../../src/access/identity';

export const HEADINGS = [
  ...['公民身份号码', '姓名', '曾用名', '户籍地', '户口类别'],
  ...['落户日期', '死亡日期', '注销日期', '未成年子女数', '档案编号'],
];

/** The n-th citizen number of 红山区 born in 1970 or later; all different. */
export function numberOf(n: number): string {
  const born = new Date(Date.UTC(1970, 0, 1) + (n % 15_000) * 86_400_000)
    .toISOString()
    .slice(0, 10)
    .replaceAll('-', '');
  const first17 = `150402${born}${String(Math.floor(n / 15_000)).padStart(3, '0')}`;
  return first17 + checkCharacter(first17);
}

/** Names of every kind, by turns: minority names with their dot, rare characters beyond the basic plane. */
const NAMES = ['张三', '阿拉坦·乌云', '李𠅤', '王䶮', '欧阳建国'];

/** A sound row, as cells. */
export const rowOf = (n: number): string[] => [
  ...[numberOf(n), NAMES[n % NAMES.length]!, '', '150402', n % 2 ? '10' : '20'],
  ...['20100501', '', '', String(n % 3), `HJ-${n}`],
];

type Spoil = (cells: string[], n: number) => string[];
const withCell =
  (at: number, value: (cell: string, n: number) => string): Spoil =>
  (cells, n) =>
    cells.map((cell, place) => (place === at ? value(cell, n) : cell));

const wrongCheck = (idNumber: string) => idNumber.slice(0, 17) + (idNumber.endsWith('1') ? '2' : '1');

/** Ways in which a row can be bad, and the code it must come back with. */
export const SPOILS: Readonly<Record<string, readonly [code: string, spoil: Spoil]>> = {
  'a bad check digit': ['INVALID_ID_NUMBER', withCell(0, wrongCheck)],
  'a number that a spreadsheet rounded': ['INVALID_ID_NUMBER', withCell(0, () => '1.50402E+17')],
  'a column too few': ['COLUMN_COUNT', (cells) => cells.slice(0, -1)],
  'a column too many': ['COLUMN_COUNT', (cells) => [...cells, 'x']],
  'an unknown code': ['INVALID_VALUE', withCell(4, () => '99')],
  'a place that is no code': ['INVALID_VALUE', withCell(3, () => '红山区')],
  'a day that does not exist': ['INVALID_VALUE', withCell(5, () => '20230229')],
  'a day after that of the data': ['FUTURE_DATE', withCell(6, () => '20261122')],
  'no name': ['INVALID_NAME', withCell(1, () => '')],
  'the number of another row': ['DUPLICATE', withCell(0, (_cell, n) => numberOf(n - 1))],
};

export interface Extract {
  readonly folder: string;
  readonly manifest: string;
  readonly table: string;
}

export interface ExtractTerms {
  readonly id?: string;
  readonly charset?: 'UTF-8' | 'GB18030';
  /** The bytes' own charset, where it is another. */
  readonly written?: string;
  readonly bom?: boolean;
  readonly change?: (manifest: Record<string, unknown>) => object;
}

/** Writes a parcel of rows as an agency would; the manifest tells the truth unless `change` spoils it. */
export function writeExtract(folder: string, rows: readonly (readonly string[])[], terms: ExtractTerms = {}): Extract {
  const { id = 'HJ-2026-11', charset = 'UTF-8', change = (manifest) => manifest } = terms;
  mkdirSync(folder, { recursive: true });
  const text = [HEADINGS, ...rows].map((cells) => `${cells.join(',')}\r\n`).join('');
  const body = encode((terms.bom ? '\ufeff' : '') + text, terms.written ?? charset);
  const sha256 = createHash('sha256').update(body).digest('hex');
  const manifest = change({
    ...{
      format: 'anju-parcel/1',
      id,
      kind: 'REGISTER',
      createdAt: '2026-11-22T01:00:00+08:00',
      asOf: '2026-11-21',
      charset,
    },
    coverage: { regions: ['1504'], from: '2000-01-01', to: '2026-11-21' },
    files: [{ name: `${id}.csv`, sha256, bytes: body.length, rows: rows.length }],
  });
  const [table, cover] = [join(folder, `${id}.csv`), join(folder, `${id}.json`)];
  writeFileSync(table, body);
  writeFileSync(cover, JSON.stringify(manifest));
  return { folder, manifest: cover, table };
}

/** The lines of a reject file: [row, code, column, masked number, remedy]. */
export const rejectsIn = (text: string): string[][] =>
  text
    .replace(/^\ufeff/, '')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
