import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { Encoding } from './csv';
import { BOUNDS, refuseFile, type TableRow } from './table';

const HEAD = 8;
const ZIP = Buffer.from('PK\u0003\u0004', 'latin1');
/** Compound files: .xls, and .xlsx under a password. */
const COMPOUND = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/** Rows of a CSV or of the first sheet of an XLSX, by what the file is, whatever it is called. Throws INVALID_INPUT naming `file`. */
export async function* readTable(path: string, encoding: Encoding = 'utf-8'): AsyncGenerator<TableRow> {
  const found = await stat(path).catch(() => refuseFile('没有这个文件'));
  if (!found.isFile()) refuseFile('不是文件');
  if (found.size > BOUNDS.fileBytes) refuseFile(`至多 ${BOUNDS.fileBytes} 字节，请分成几份`);
  const head = await headOf(path);
  if (head.equals(COMPOUND)) refuseFile('不受理 .xls 和加密的文件，请另存为 .xlsx 或 CSV');
  if (!head.subarray(0, ZIP.length).equals(ZIP)) return yield* (await import('./csv.js')).readCsv(path, encoding);
  yield* readXlsx(path);
}

async function* readXlsx(path: string): AsyncGenerator<TableRow> {
  const { openArchive } = await import('./xlsx/archive.js');
  const { firstSheet, sharedStrings } = await import('./xlsx/workbook.js');
  const { readSheetPart } = await import('./xlsx/sheet.js');
  const archive = await openArchive(path);
  try {
    const sheet = await firstSheet(archive);
    yield* readSheetPart(await archive.part(sheet), await sharedStrings(archive));
  } finally {
    archive.close();
  }
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** SHA-256 of a file, which is its name in every trace. */
export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(path) as AsyncIterable<Buffer>) hash.update(bytes);
  return hash.digest('hex');
}
