import { safeCell } from './safe-cell';

const QUOTED = /["\r\n,]/;
const cellOf = (cell: string | null): string => {
  const safe = safeCell(cell);
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

export const csvLine = (cells: readonly (string | null)[]): string => `${cells.map(cellOf).join(',')}\r\n`;

/** CSV (RFC 4180, UTF-8 with a BOM, for a spreadsheet), as the rows come. */
export async function* csvOf(
  heading: readonly string[],
  rows: AsyncIterable<readonly (string | null)[][]>,
): AsyncGenerator<Buffer> {
  yield Buffer.from(`\ufeff${csvLine(heading)}`);
  for await (const some of rows) yield Buffer.from(some.map(csvLine).join(''));
}
