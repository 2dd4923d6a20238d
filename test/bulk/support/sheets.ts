import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync, type Zippable } from 'fflate';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A cell of a spreadsheet: text, or what stands there in XML. */
export type Cell = string | { readonly xml: string };

const letters = (at: number): string =>
  at < 26 ? String.fromCharCode(65 + at) : letters(Math.floor(at / 26) - 1) + letters(at % 26);
const escaped = (text: string): string => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const cellXml = (cell: Cell, at: number, row: number): string =>
  typeof cell === 'string'
    ? `<c r="${letters(at)}${row}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`
    : cell.xml.replace('<c', `<c r="${letters(at)}${row}"`);

export const sheetXml = (rows: readonly (readonly Cell[])[]): string =>
  `<worksheet xmlns="${MAIN}"><sheetData>${rows
    .map(
      (cells, at) => `<row r="${at + 1}">${cells.map((cell, column) => cellXml(cell, column, at + 1)).join('')}</row>`,
    )
    .join('')}</sheetData></worksheet>`;

/** The parts of a spreadsheet as any program writes them, made here by hand. */
export const partsOf = (sheet: string, more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  '[Content_Types].xml':
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
  'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="表" sheetId="1" r:id="rId7"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels':
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId7" Type="x" Target="worksheets/sheet9.xml"/></Relationships>',
  'xl/worksheets/sheet9.xml': sheet,
  ...more,
});

export const zipped = (parts: Readonly<Record<string, string | Uint8Array>>): Buffer =>
  Buffer.from(
    zipSync(
      Object.fromEntries(
        Object.entries(parts).map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part]),
      ) as Zippable,
      { level: 9 },
    ),
  );

export const xlsx = (rows: readonly (readonly Cell[])[], more: Readonly<Record<string, string>> = {}): Buffer =>
  zipped(partsOf(sheetXml(rows), more));

export const csv = (rows: readonly (readonly string[])[]): Buffer =>
  Buffer.from(
    rows
      .map((cells) => cells.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(','))
      .join('\r\n'),
  );

let files = 0;
/** Puts a file somewhere and says where. */
export function fileOf(folder: string, content: Buffer | string, name = `${(files += 1)}.table`): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
