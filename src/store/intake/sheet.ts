import { CsvError, parse } from 'csv-parse/sync';
import { HubError } from '../../errors';

/** Columns of the sheet by their English and Chinese headings. `since` may be left out. */
export const COLUMNS = {
  fileNumber: '档案编号',
  registeredOn: '登记日期',
  relation: '与申请人关系',
  name: '姓名',
  idNumber: '公民身份号码',
  since: '入户日期',
} as const;
export type Column = keyof typeof COLUMNS;
const OPTIONAL: readonly Column[] = ['since'];

export const MAX_ROWS = 5_000;
const MAX_RECORD = 10_000;

export interface SheetRow {
  /** As the clerk's table shows it: the heading is row 1. */
  readonly number: number;
  /** Trimmed; '' where the cell is empty or missing. */
  readonly cells: Readonly<Record<Column, string>>;
  /** Has it as many cells as the heading? */
  readonly whole: boolean;
}

const refuse = (detail: string): never => {
  throw new HubError('INVALID_INPUT', 'csv', detail);
};

/** CSV (RFC 4180, UTF-8, a BOM is tolerated) with one heading row; blank rows do not count. Throws INVALID_INPUT naming `csv`. */
export function readSheet(csv: string): SheetRow[] {
  const [heading = [], ...records] = parseCsv(csv);
  const columns = readHeading(heading);
  const rows = records.flatMap((record, at) => {
    const cells = record.map((cell) => cell.trim());
    if (cells.every((cell) => cell === '')) return [];
    return [namedRow(at + 2, cells, columns)];
  });
  if (rows.length === 0) refuse('没有数据行');
  if (rows.length > MAX_ROWS) refuse(`每次至多 ${MAX_ROWS} 行，请分批导入`);
  return rows;
}

function parseCsv(csv: string): string[][] {
  try {
    return parse(csv, { bom: true, relax_column_count: true, max_record_size: MAX_RECORD });
  } catch (error) {
    if (error instanceof CsvError) return refuse(`第 ${error.lines} 行附近引号未配对或行过长`);
    throw error;
  }
}

/** A record as a row, by the columns of the heading. */
export function namedRow(number: number, cells: readonly string[], columns: readonly Column[]): SheetRow {
  const named = Object.fromEntries(
    Object.keys(COLUMNS).map((column) => [column, cells[columns.indexOf(column as Column)] ?? '']),
  );
  return { number, cells: named as SheetRow['cells'], whole: cells.length === columns.length };
}

/** Every heading known, none twice, none of the required missing; in any order. */
export function readHeading(heading: readonly string[]): Column[] {
  const columns = heading.map((written, at) => {
    const known = Object.entries(COLUMNS).find((names) => names.includes(written.trim()));
    return (
      (known?.[0] as Column | undefined) ??
      refuse(`第 ${at + 1} 列的列名无法识别（文件须为 UTF-8），可用列名：${names()}`)
    );
  });
  const missing = (Object.keys(COLUMNS) as Column[]).filter(
    (column) => !columns.includes(column) && !OPTIONAL.includes(column),
  );
  if (missing.length > 0) refuse(`缺少列：${missing.map((column) => COLUMNS[column]).join('、')}`);
  if (new Set(columns).size < columns.length) refuse('列名重复');
  return columns;
}

const names = () => Object.values(COLUMNS).join('、');
