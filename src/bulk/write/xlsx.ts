import { HubError } from '../../errors';
import { safeCell } from './safe-cell';

/** As many as a sheet of a spreadsheet holds, its heading among them. */
const MOST_ROWS = 1_048_576;
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const PARTS: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/></Types>`,
  '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
};

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };
const UNFIT = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
const cellOf = (cell: string | null): string =>
  cell === null || cell === ''
    ? '<c/>'
    : `<c t="inlineStr"><is><t xml:space="preserve">${safeCell(cell)
        .replace(UNFIT, '\uFFFD')
        .replace(/[&<>\r]/g, (sign) => ENTITIES[sign]!)}</t></is></c>`;
const rowOf = (cells: readonly (string | null)[]): string => `<row>${cells.map(cellOf).join('')}</row>`;

/** A spreadsheet of one sheet, packed as the rows come: all of it text, nothing that is reckoned. Error: LIST_TOO_LONG beyond what a sheet holds. */
export async function* xlsxOf(
  heading: readonly string[],
  rows: AsyncIterable<readonly (string | null)[][]>,
): AsyncGenerator<Buffer> {
  const { Zip, ZipDeflate } = await import('fflate');
  const ready: Buffer[] = [];
  let failed: Error | null = null;
  const zip = new Zip((error, bytes) => {
    failed ??= error;
    ready.push(Buffer.from(bytes));
  });
  const take = (): Buffer[] => {
    if (failed) throw failed;
    return ready.splice(0);
  };
  const add = (name: string) => {
    const part = new ZipDeflate(name, { level: 3 });
    zip.add(part);
    return (text: string, last = false) => part.push(Buffer.from(text), last);
  };
  for (const [name, text] of Object.entries(PARTS)) add(name)(text, true);
  const sheet = add('xl/worksheets/sheet1.xml');
  sheet(`${HEAD}<worksheet xmlns="${MAIN}"><sheetData>${rowOf(heading)}`);
  let count = 1;
  for await (const some of rows) {
    if ((count += some.length) > MOST_ROWS)
      throw new HubError('LIST_TOO_LONG', 'rows', `一张工作表至多 ${MOST_ROWS} 行，请导出为 CSV`);
    sheet(some.map(rowOf).join(''));
    yield* take();
  }
  sheet('</sheetData></worksheet>', true);
  zip.end();
  yield* take();
}
