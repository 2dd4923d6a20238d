import type { TableRow } from '../../bulk/table';
import { importHouseholdRows } from '../../commands/import-household-rows';
import { COLUMNS, namedRow, readHeading, type Column, type SheetRow } from '../../store/intake/sheet';
import type { Taken } from '../../store/intake/take';
import type { Chunks } from './chunks';
import type { RowOutcome } from './outcome';

const CHUNK = 1_000;
/** What the reader of lines knows a formula by. */
const A_FORMULA = '=';

/** Rows of a file as members of households, whose rows stand together; so many a transaction, no household in two. */
export const householdChunks: Chunks = async function* (ctx, about, heading, rows) {
  const columns = readHeading(heading.cells);
  const apart = await numbersApart(about.reread(), columns.indexOf('fileNumber'));
  const land = async (chunk: readonly SheetRow[]): Promise<RowOutcome[]> => {
    const whole = chunk.filter(({ cells }) => !apart.has(cells.fileNumber));
    const taken = whole.length > 0 ? await importHouseholdRows(ctx, { ...about, rows: whole }) : undefined;
    return chunk.map((row) => (apart.has(row.cells.fileNumber) ? refusedApart(row) : outcomeOf(row, taken!)));
  };
  let chunk: SheetRow[] = [];
  for await (const row of rows) {
    if (row.cells.every((cell) => cell === '')) continue;
    const named = asSheetRow(row, columns);
    if (chunk.length >= CHUNK && chunk.at(-1)!.cells.fileNumber !== named.cells.fileNumber) {
      yield await land(chunk);
      chunk = [];
    }
    chunk.push(named);
  }
  if (chunk.length > 0) yield await land(chunk);
};

/** Households whose rows stand in more than one place: a part of one would land without the rest. */
async function numbersApart(rows: AsyncGenerator<TableRow>, column: number): Promise<ReadonlySet<string>> {
  const [seen, apart] = [new Set<string>(), new Set<string>()];
  let last: string | undefined;
  for await (const { cells } of rows) {
    if (cells.every((cell) => cell === '')) continue;
    const number = cells[column] ?? '';
    if (number !== last && seen.has(number)) apart.add(number);
    seen.add(number);
    last = number;
  }
  return apart;
}

/** As many cells as the heading has, where a spreadsheet leaves out empty ones at the end. */
function asSheetRow({ number, cells, formulas }: TableRow, columns: readonly Column[]): SheetRow {
  const filled = columns.map((_, at) => (formulas.includes(at) ? A_FORMULA : (cells[at] ?? '')));
  return namedRow(number, [...filled, ...cells.slice(columns.length)], columns);
}

const refusedApart = ({ number, cells: { fileNumber } }: SheetRow): RowOutcome => ({
  ...{ number, key: fileNumber, outcome: 'REFUSED' },
  flaws: [{ code: 'INVALID_INPUT', field: COLUMNS.fileNumber, detail: '同一档案的各行须相连' }],
});

function outcomeOf({ number, cells: { fileNumber } }: SheetRow, { landed, unchanged, flaws }: Taken): RowOutcome {
  const named = (outcome: RowOutcome['outcome']): RowOutcome => ({ number, key: fileNumber, outcome, flaws: [] });
  if (landed.some((file) => file.fileNumber === fileNumber)) return named('CREATED');
  if (unchanged.includes(fileNumber)) return named('UNCHANGED');
  const own = flaws.filter(({ row }) => row === number);
  return {
    ...named('REFUSED'),
    flaws: own.map(({ code, field, detail }) => ({ code, field: COLUMNS[field], detail })),
  };
}
