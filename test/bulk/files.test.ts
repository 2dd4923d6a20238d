import { rmSync, truncateSync } from 'node:fs';
import { encode } from 'iconv-lite';
import fc from 'fast-check';
import { readTable } from '../../src/bulk/read';
import { csvOf } from '../../src/bulk/write/csv';
import { xlsxOf } from '../../src/bulk/write/xlsx';
import { testFolder } from '../support/folder';
import { seedProperties } from '../support/seed';
import { csv, fileOf, partsOf, sheetXml, xlsx, zipped } from './support/sheets';

seedProperties();
const folder = testFolder();

const rowsOf = async (path: string, encoding?: 'utf-8' | 'gb18030') => {
  const rows = [];
  for await (const row of readTable(path, encoding)) rows.push(row);
  return rows;
};
const refusal = async (content: Buffer | string, encoding?: 'gb18030'): Promise<string> =>
  rowsOf(fileOf(folder, content), encoding).then(
    () => 'taken',
    (error: { code: string; field: string; detail: string }) => `${error.code} ${error.field} ${error.detail}`,
  );
const ROWS = [
  ['来源编号', '档案编号'],
  ['一', 'a,"b"\nc'],
  ['', '𠮷野'],
];
const cellsOf = async (path: string, encoding?: 'gb18030') => (await rowsOf(path, encoding)).map(({ cells }) => cells);

describe('a table', () => {
  it('is read alike from CSV, with or without a BOM, from GB18030 by name, and from XLSX with text inline or shared', async () => {
    expect(await cellsOf(fileOf(folder, csv(ROWS)))).toEqual(ROWS);
    expect(await cellsOf(fileOf(folder, Buffer.concat([Buffer.from('\ufeff'), csv(ROWS)])))).toEqual(ROWS);
    expect(await cellsOf(fileOf(folder, encode(csv(ROWS).toString(), 'gb18030')), 'gb18030')).toEqual(ROWS);
    expect(await cellsOf(fileOf(folder, xlsx(ROWS)))).toEqual(ROWS);
    const shared = ['来源编号', '档案编号', '一', 'a,"b"\nc', '𠮷野'];
    const at = (place: number) => ({ xml: `<c t="s"><v>${place}</v></c>` });
    const strings = `<sst>${shared.map((text) => `<si><r><t>${[...text][0]}</t></r><r><t xml:space="preserve">${[...text].slice(1).join('')}</t></r><rPh><t>x</t></rPh></si>`).join('')}</sst>`;
    const sharing = xlsx(
      [
        [at(0), at(1)],
        [at(2), at(3)],
        ['', at(4)],
      ],
      { 'xl/sharedStrings.xml': strings },
    );
    expect(await cellsOf(fileOf(folder, sharing))).toEqual(ROWS);
  });

  it('never has its formulas reckoned, nor what they last gave believed', async () => {
    const formula = { xml: '<c t="str"><f>1+1</f><v>2</v></c>' };
    const error = { xml: '<c t="e"><v>#REF!</v></c>' };
    const [row] = await rowsOf(fileOf(folder, xlsx([['x', formula, error]])));
    expect(row!.formulas).toEqual([1, 2]);
  });

  it('in the bytes of another charset is refused, and never guessed at', async () => {
    const gbk = encode('来源编号,档案编号\n一,二', 'gb18030');
    expect(await refusal(gbk)).toBe('INVALID_INPUT file 文件须为 UTF-8；GB18030（GBK）的文件请指明编码 gb18030');
    expect(await refusal(Buffer.from([0xff, 0xff, 0xff]), 'gb18030')).toBe('INVALID_INPUT file 文件不是 GB18030');
    expect(await refusal(Buffer.from('a,b\0'))).toBe('INVALID_INPUT file 不是文本文件');
    expect(await refusal('a,"b\nc,d')).toMatch(/^INVALID_INPUT file 第 \d+ 行附近引号未配对/);
  });

  const plain = sheetXml([['x']]);
  it.each<[string, () => Buffer, RegExp]>([
    ['with a macro', () => xlsx([['x']], { 'xl/vbaProject.bin': 'x' }), /含宏/],
    ['with a macro under another name', () => xlsx([['x']], { 'xl/vbaProject.xml': 'x' }), /含宏/],
    [
      'that says it holds macros',
      () =>
        zipped({
          ...partsOf(plain),
          '[Content_Types].xml':
            '<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>',
        }),
      /含宏/,
    ],
    ['with another file in it', () => xlsx([['x']], { 'xl/embeddings/oleObject1.bin': 'x' }), /嵌入文件/],
    ['that fetches', () => xlsx([['x']], { 'xl/externalLinks/externalLink1.xml': 'x' }), /外部链接/],
    ['with a name that leads out', () => zipped({ ...partsOf(plain), '../../etc/passwd': 'x' }), /压缩结构/],
    ['with a name from the root', () => zipped({ ...partsOf(plain), '/etc/passwd': 'x' }), /压缩结构/],
    ['with a name of 4,000 characters', () => zipped({ ...partsOf(plain), ['n'.repeat(4000)]: 'x' }), /压缩结构/],
    [
      'of too many parts',
      () =>
        zipped({ ...partsOf(plain), ...Object.fromEntries(Array.from({ length: 1100 }, (_, n) => [`x/${n}`, ''])) }),
      /部件超过/,
    ],
    [
      'that swells a thousandfold',
      () =>
        zipped({ ...partsOf(plain), 'xl/sharedStrings.xml': `<sst><si><t>${'0'.repeat(20_000_000)}</t></si></sst>` }),
      /压缩比/,
    ],
    ['that lies about its size', () => lying(xlsx([['x'.repeat(3000)]])), /大小与所称不符|压缩结构/],
    ['cut off', () => xlsx(ROWS).subarray(0, 300), /压缩结构/],
    [
      'with a document type',
      () => zipped(partsOf(`<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${plain}`)),
      /DOCTYPE/,
    ],
    ['that is no XML', () => zipped(partsOf('<worksheet><sheetData><row>')), /不合规范|损坏/],
    [
      'without a sheet',
      () => zipped({ ...partsOf(plain), 'xl/_rels/workbook.xml.rels': '<Relationships/>' }),
      /没有工作表/,
    ],
    ['that is an archive of something else', () => zipped({ 'word/document.xml': 'x' }), /缺少部件/],
    ['with text that is not there', () => xlsx([[{ xml: '<c t="s"><v>7</v></c>' }]]), /文字不存在/],
    [
      'with rows that go back',
      () => zipped(partsOf('<worksheet><sheetData><row r="2"/><row r="1"/></sheetData></worksheet>')),
      /行号/,
    ],
    [
      'with a column beyond all',
      () => zipped(partsOf('<worksheet><sheetData><row r="1"><c r="XFD1"/></row></sheetData></worksheet>')),
      /超过 200 列/,
    ],
    ['with a cell of 4,001 characters', () => xlsx([['x'.repeat(4001)]]), /超过 4000 字/],
    ['of the old kind, or under a password', () => Buffer.from('d0cf11e0a1b11ae10000', 'hex'), /xls 和加密/],
  ])('%s is refused', async (_, content, detail) => {
    expect(await refusal(content())).toMatch(new RegExp(`^INVALID_INPUT file .*(${detail.source})`));
  });

  it('that is too large, no file or not there is refused before it is read', async () => {
    const path = fileOf(folder, 'x');
    truncateSync(path, 52_428_801);
    await expect(rowsOf(path)).rejects.toMatchObject({ field: 'file', detail: expect.stringContaining('字节') });
    rmSync(path);
    await expect(rowsOf(path)).rejects.toMatchObject({ detail: '没有这个文件' });
    await expect(rowsOf(folder)).rejects.toMatchObject({ detail: '不是文件' });
  });

  it('comes back as it went out, CSV and XLSX, and holds no cell that a spreadsheet would run', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom('=1+1', '+1', '-1', '@x', '\tx', '\rx', '＝x', `=cmd|' /C calc'!A0`),
    );
    const legible = (text: string) =>
      text.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
    const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const clean = rows.map(
          ([a, b]) => [`a${legible(a).replaceAll('\0', '')}`, legible(b).replaceAll('\0', '')] as string[],
        );
        for (const write of [csvOf, xlsxOf]) {
          const pieces: Buffer[] = [];
          for await (const piece of write(
            ['甲', '乙'],
            (async function* () {
              yield clean;
            })(),
          ))
            pieces.push(piece);
          const read = (await rowsOf(fileOf(folder, Buffer.concat(pieces)))).map(({ cells }) =>
            [...cells, '', ''].slice(0, 2),
          );
          const out = clean.map((cells) =>
            cells.map((each) => (/^[=+\-@\t\r＝＋－＠]/.test(each) ? `'${each}` : each).trim()),
          );
          expect(read).toEqual([['甲', '乙'], ...out]);
          for (const cells of read) for (const each of cells) expect(each).not.toMatch(/^[=+\-@＝＋－＠]/);
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** The directory says that a part is smaller than it is. */
function lying(archive: Buffer): Buffer {
  const changed = Buffer.from(archive);
  const name = Buffer.from('xl/worksheets/sheet9.xml');
  for (
    let at = changed.indexOf(Buffer.from('PK\u0001\u0002', 'latin1'));
    at >= 0;
    at = changed.indexOf(Buffer.from('PK\u0001\u0002', 'latin1'), at + 4)
  )
    if (changed.subarray(at + 46, at + 46 + name.length).equals(name)) changed.writeUInt32LE(10, at + 24);
  return changed;
}
