const START = 1 << 16;
/** Bytes a UTF-16 unit may take in UTF-8. */
const WIDEST = 3;

/** Rows waiting to be copied into one table, in PostgreSQL's text format. */
export class Sheet {
  private page = Buffer.allocUnsafeSlow(START);
  private length = 0;

  /** Adds a row. Values are of our own making and hold no tab, line end or backslash beside those of `bytes`. */
  add(...values: readonly (string | number | null)[]): void {
    let row = '';
    for (const value of values) row += `${row === '' ? '' : '\t'}${value ?? '\\N'}`;
    row += '\n';
    if (this.length + row.length * WIDEST > this.page.length) this.grow();
    this.length += this.page.write(row, this.length);
  }

  /** The rows so far; the sheet is empty afterwards and does not touch them. */
  take(): Buffer {
    const rows = this.page.subarray(0, this.length);
    this.page = Buffer.allocUnsafeSlow(this.page.length);
    this.length = 0;
    return rows;
  }

  private grow(): void {
    const larger = Buffer.allocUnsafeSlow(this.page.length * 2);
    this.page.copy(larger, 0, 0, this.length);
    this.page = larger;
  }
}

export type Sheets<Table extends string> = Readonly<Record<Table, Sheet>>;

export function emptySheets<Table extends string>(tables: Readonly<Record<Table, unknown>>): Sheets<Table> {
  return Object.fromEntries(Object.keys(tables).map((table) => [table, new Sheet()])) as unknown as Sheets<Table>;
}

export function takeAll<Table extends string>(sheets: Sheets<Table>): Record<Table, Buffer> {
  const entries = Object.entries<Sheet>(sheets).map(([table, sheet]) => [table, sheet.take()]);
  return Object.fromEntries(entries) as Record<Table, Buffer>;
}

/** A bytea value. */
export const bytes = (value: Buffer): string => `\\\\x${value.toString('hex')}`;
