import type { Readable } from 'node:stream';
import { BOUNDS, refuseFile, rowOf, type TableRow } from '../table';
import { parsed } from './xml';

interface Cell {
  readonly at: number;
  readonly type: string;
  text: string;
  formula: boolean;
}

/** 'BC12' → 54, counted from 0. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Z]{1,3}/.exec(reference)?.[0] ?? refuseFile('单元格编号不合规范'))
    column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/** Gathers rows out of the elements of a sheet. A formula is never reckoned, nor what it last gave believed. */
class Gathered {
  readonly ready: TableRow[] = [];
  private number = 0;
  private cells: Cell[] = [];
  private cell: Cell | undefined;
  private isText = false;

  constructor(private readonly shared: readonly string[]) {}

  open(name: string, { r, t = 'n' }: Readonly<Record<string, string>>): void {
    if (name === 'row') this.beginRow(r);
    else if (name === 'c') this.beginCell(r, t);
    else if (name === 'f' && this.cell) this.cell.formula = true;
    else if (name === 'v' || name === 't') this.isText = true;
  }

  text(said: string): void {
    if (!this.isText || !this.cell) return;
    this.cell.text += said;
    if (this.cell.text.length > BOUNDS.cell) refuseFile(`第 ${this.number} 行有单元格超过 ${BOUNDS.cell} 字`);
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.isText = false;
    else if (name === 'c') this.cell = undefined;
    else if (name === 'row') this.endRow();
  }

  private beginRow(r: string | undefined): void {
    const number = r === undefined ? this.number + 1 : Number(r);
    if (!Number.isInteger(number) || number <= this.number) refuseFile('行号不合规范');
    this.number = number;
    this.cells = [];
  }

  private beginCell(r: string | undefined, type: string): void {
    const at = r === undefined ? (this.cells.at(-1)?.at ?? -1) + 1 : columnOf(r);
    if (at >= BOUNDS.columns) refuseFile(`第 ${this.number} 行超过 ${BOUNDS.columns} 列`);
    this.cell = { at, type, text: '', formula: type === 'e' };
    this.cells.push(this.cell);
  }

  private endRow(): void {
    const cells: string[] = [];
    for (const { at, type, text } of this.cells) cells[at] = type === 's' ? this.sharedAt(text) : text;
    const formulas = this.cells.filter(({ formula }) => formula).map(({ at }) => at);
    this.ready.push(
      rowOf(
        this.number,
        Array.from(cells, (cell) => cell ?? ''),
        formulas,
      ),
    );
  }

  private sharedAt(place: string): string {
    return this.shared[Number(place)] ?? refuseFile('单元格所指的文字不存在');
  }
}

/** Rows of a sheet as they are unpacked. */
export async function* readSheetPart(part: Readable, shared: readonly string[]): AsyncGenerator<TableRow> {
  const gathered = new Gathered(shared);
  const handlers = {
    open: gathered.open.bind(gathered),
    text: gathered.text.bind(gathered),
    close: gathered.close.bind(gathered),
  };
  const turns = parsed(part, handlers);
  try {
    for (let turn = await turns.next(); !turn.done; turn = await turns.next()) yield* gathered.ready.splice(0);
  } finally {
    await turns.return(undefined);
  }
}
