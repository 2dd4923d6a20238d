import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

/** A row by its headings; every cell is text. */
export type Row = Readonly<Record<string, string>>;

/** CSV (RFC 4180) with a heading row; what a spreadsheet would run as a formula is written so that it does not. */
export const writeTable = (columns: readonly string[], rows: readonly (readonly string[])[]): string =>
  stringify([[...columns], ...rows.map((row) => [...row])], { record_delimiter: 'windows', escape_formulas: true });

/** Rows of a CSV text; throws where it is none, or a row has more or fewer cells than the heading. */
export const readTable = (text: string): Row[] => parse<Row>(text, { columns: true, skip_empty_lines: true });
