import { HubError } from '../errors';

/** A row of a table as somebody's spreadsheet shows it; the first is number 1. */
export interface TableRow {
  readonly number: number;
  /** Trimmed; '' where a cell is empty. */
  readonly cells: readonly string[];
  /** Places of cells that hold a formula or its error: what they would give is never reckoned. */
  readonly formulas: readonly number[];
}

/** Bounds of a file, all of them held before anything is unpacked, or while it is. */
export const BOUNDS = {
  fileBytes: 52_428_800,
  rows: 200_000,
  columns: 200,
  cell: 4_000,
  entries: 1_000,
  entryName: 255,
  unpackedBytes: 268_435_456,
  /** So many times its packed size a part of a spreadsheet may be: real ones are ten to thirty times. */
  ratio: 100,
  sharedCharacters: 67_108_864,
} as const;

/** The whole file is not taken. */
export const refuseFile = (detail: string): never => {
  throw new HubError('INVALID_INPUT', 'file', detail);
};

/** A row within the bounds. */
export function rowOf(number: number, cells: readonly string[], formulas: readonly number[] = []): TableRow {
  if (number > BOUNDS.rows + 1) refuseFile(`至多 ${BOUNDS.rows} 行，请分成几份`);
  if (cells.length > BOUNDS.columns) refuseFile(`第 ${number} 行超过 ${BOUNDS.columns} 列`);
  const trimmed = cells.map((cell) => cell.trim());
  if (trimmed.some((cell) => cell.length > BOUNDS.cell)) refuseFile(`第 ${number} 行有单元格超过 ${BOUNDS.cell} 字`);
  return { number, cells: trimmed, formulas };
}
