import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { refuseFile, rowOf, type TableRow } from './table';

/** By name only: a file in GB 18030 read as UTF-8 is refused, never guessed at. */
export const ENCODINGS = ['utf-8', 'gb18030'] as const;
export type Encoding = (typeof ENCODINGS)[number];

const MOST_OF_A_RECORD = 1_000_000;

/** Rows of a CSV (RFC 4180), as they come; a BOM is tolerated. Throws INVALID_INPUT naming `file`. */
export async function* readCsv(path: string, encoding: Encoding): AsyncGenerator<TableRow> {
  const parser = parse({ relax_column_count: true, max_record_size: MOST_OF_A_RECORD });
  const source = Readable.from(decoded(path, encoding)).on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let number = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) yield rowOf((number += 1), record);
  } catch (error) {
    if (error instanceof CsvError) refuseFile(`第 ${number + 1} 行附近引号未配对或行过长`);
    throw error;
  }
}

async function* decoded(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const text = (bytes?: Buffer): string => {
    try {
      const read = bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
      if (read.includes('\0')) refuseFile('不是文本文件');
      return read;
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
      return refuseFile(
        encoding === 'utf-8' ? '文件须为 UTF-8；GB18030（GBK）的文件请指明编码 gb18030' : '文件不是 GB18030',
      );
    }
  };
  for await (const bytes of createReadStream(path) as AsyncIterable<Buffer>) yield text(bytes);
  yield text();
}
