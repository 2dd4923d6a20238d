import { createHash } from 'node:crypto';
import { holdsIdNumber } from '../../access/identity';
import type { TableRow } from '../../bulk/table';
import { refuseFile } from '../../bulk/table';
import { HubError, type FaultCode } from '../../errors';
import { PROGRAMME_TITLES, Programme } from '../../../schema/programme';
import { isDate } from '../../../schema/scalars';
import type { FormField } from '../../../schema/admission/form-template';
import { entryOf } from '../admission/form';

/** Columns by their English and Chinese headings; every other column is a field of the prefecture's form, by its name or key. */
export const COLUMNS = {
  sourceKey: '来源编号',
  fileNumber: '档案编号',
  programme: '保障方式',
  submittedOn: '申请日期',
  income: '申报的家庭月收入（元）',
} as const;
export type Column = keyof typeof COLUMNS;
const REQUIRED: readonly Column[] = ['sourceKey', 'fileNumber', 'programme'];

export interface Flaw {
  readonly code: FaultCode;
  readonly field: string;
  readonly detail: string;
}

/** An application as a sound row gives it. */
export interface ApplicationLine {
  readonly number: number;
  readonly key: string;
  readonly fileNumber: string;
  readonly programme: Programme;
  readonly submittedOn: string | null;
  readonly incomeFen: number | null;
  readonly entries: readonly { readonly key: string; readonly value: string }[];
  /** Of everything that the row says. */
  readonly hash: string;
}

export interface FlawedLine {
  readonly number: number;
  readonly key: string;
  readonly flaws: readonly Flaw[];
}

export const isFlawed = (line: ApplicationLine | FlawedLine): line is FlawedLine => 'flaws' in line;

/** What stands in a column: one of ours, or a field of the form. */
export type Heading = Column | FormField;

/** Every heading known, none twice, none of the required missing; in any order. Throws INVALID_INPUT naming `file`. */
export function readHeading({ cells }: TableRow, fields: readonly FormField[]): readonly Heading[] {
  const headings = cells.map((written, at): Heading => {
    const ours = Object.entries(COLUMNS).find((names) => (names as readonly string[]).includes(written));
    if (ours) return ours[0] as Column;
    const field = fields.find(({ key, label }) => key === written || label === written);
    return (
      field ??
      refuseFile(
        `第 ${at + 1} 列的列名无法识别，可用列名：${[...Object.values(COLUMNS), ...fields.map(({ label }) => label)].join('、')}`,
      )
    );
  });
  const missing = REQUIRED.filter((column) => !headings.includes(column));
  if (missing.length > 0) refuseFile(`缺少列：${missing.map((column) => COLUMNS[column]).join('、')}`);
  if (new Set(headings).size < headings.length) refuseFile('列名重复');
  return headings;
}

const titleOf = (heading: Heading): string => (typeof heading === 'string' ? COLUMNS[heading] : heading.label);

/** What a spreadsheet would run when the file is opened again. */
const FORMULA = /^[=+\-@\t\r]/;
const KEY = /^[\p{L}\p{N}][\p{L}\p{N}\-_/.()（）〔〕#]{0,63}$/u;
const YUAN = /^(0|[1-9]\d{0,9})(\.\d{1,2})?$/;
const SERIAL = /^[1-9]\d{4}$/;
const DAY_MS = 86_400_000;
/** Spreadsheets count days from here. */
const DAY_ZERO = Date.UTC(1899, 11, 30);

const dayOf = (cell: string): string =>
  SERIAL.test(cell) ? new Date(DAY_ZERO + Number(cell) * DAY_MS).toISOString().slice(0, 10) : cell;

/** A row as an application, or all its flaws. The details never quote a value. */
export function readApplicationLine(
  row: TableRow,
  headings: readonly Heading[],
  today: string,
): ApplicationLine | FlawedLine {
  const { number, cells, formulas } = row;
  const of = (column: Column): string => cells[headings.indexOf(column)] ?? '';
  const flaws: Flaw[] = [];
  const flaw = (field: string, detail: string, code: FaultCode = 'INVALID_INPUT') =>
    flaws.push({ code, field, detail });
  const key = of('sourceKey');
  const shown = KEY.test(key) && !holdsIdNumber(key) ? key : '';
  if (cells.length > headings.length) flaw(COLUMNS.sourceKey, '列数与表头不符');
  headings.forEach((heading, at) => {
    if (formulas.includes(at) || FORMULA.test(cells[at] ?? '')) flaw(titleOf(heading), '不得为公式');
  });
  if (flaws.length > 0) return { number, key: shown, flaws };
  if (shown === '') flaw(COLUMNS.sourceKey, '须为 1 至 64 个文字、数字或连接符，不得含公民身份号码');
  if (!KEY.test(of('fileNumber'))) flaw(COLUMNS.fileNumber, '须为 1 至 64 个文字、数字或连接符');
  const programme = programmeOf(of('programme'));
  if (!programme) flaw(COLUMNS.programme, `须为：${Object.values(PROGRAMME_TITLES).join('、')}`);
  const submittedOn = dayOf(of('submittedOn'));
  if (submittedOn !== '' && (!isDate(submittedOn) || submittedOn > today))
    flaw(COLUMNS.submittedOn, '须为不晚于今日的日期 YYYY-MM-DD');
  if (of('income') !== '' && !YUAN.test(of('income'))) flaw(COLUMNS.income, '须为不小于零的数，至多两位小数');
  const entries = entriesOf(headings, cells, flaw);
  if (flaws.length > 0) return { number, key: shown, flaws };
  return {
    ...{ number, key, fileNumber: of('fileNumber'), programme: programme!, entries },
    ...{ submittedOn: submittedOn || null, incomeFen: of('income') === '' ? null : fenOf(of('income')) },
    hash: createHash('sha256')
      .update(JSON.stringify(headings.map((heading, at) => [titleOf(heading), cells[at] ?? '']).sort()))
      .digest('hex'),
  };
}

const programmeOf = (written: string): Programme | undefined =>
  Object.values(Programme).find((each) => each === written || PROGRAMME_TITLES[each] === written);

function fenOf(yuan: string): number {
  const [whole = '', cents = ''] = yuan.split('.');
  return Number(whole) * 100 + Number(cents.padEnd(2, '0'));
}

function entriesOf(
  headings: readonly Heading[],
  cells: readonly string[],
  flaw: (field: string, detail: string) => void,
) {
  return headings.flatMap((heading, at) => {
    const cell = cells[at] ?? '';
    if (typeof heading === 'string' || cell === '') return [];
    try {
      return [{ key: heading.key, value: entryOf(heading, cell, heading.label) }];
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      flaw(heading.label, error.detail ?? '');
      return [];
    }
  });
}
