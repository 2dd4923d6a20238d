import type { Readable } from 'node:stream';
import { open, type Entry, type ZipFile } from 'yauzl';
import { HubError } from '../../errors';
import { BOUNDS, refuseFile } from '../table';

/** The parts of a spreadsheet's archive, every one of them looked at before any is unpacked. */
export interface Archive {
  has(name: string): boolean;
  part(name: string): Promise<Readable>;
  close(): void;
}

/** What runs, what fetches, and what holds another file. */
const UNWANTED =
  /vbaproject|vbadata|macrosheets|dialogsheets|activex|embeddings|externallinks|\.(bin|exe|dll|js|vbs)$/i;

/** Throws INVALID_INPUT naming `file`. */
export async function openArchive(path: string): Promise<Archive> {
  const zip = await opened(path);
  try {
    const entries = await entriesOf(zip);
    return {
      has: (name) => entries.has(name),
      part: (name) => partOf(zip, entries.get(name) ?? refuseFile('不是电子表格（缺少部件）')),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

const broken = (): never => refuseFile('压缩结构已损坏或不受理');

const opened = (path: string): Promise<ZipFile> =>
  new Promise((resolve, reject) =>
    open(path, { lazyEntries: true, autoClose: false, strictFileNames: true }, (error, zip) =>
      error ? reject(error) : resolve(zip),
    ),
  ).catch(broken) as Promise<ZipFile>;

function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > BOUNDS.entries) refuseFile(`部件超过 ${BOUNDS.entries} 个`);
  const entries = new Map<string, Entry>();
  let unpacked = 0;
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      try {
        unpacked += entry.uncompressedSize;
        refuseEntry(entry, entries, unpacked);
        entries.set(entry.fileName, entry);
        zip.readEntry();
      } catch (error) {
        reject(error as Error);
      }
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', reject);
    zip.readEntry();
  }).catch((error: unknown) => {
    throw error instanceof HubError ? error : asRefusal();
  }) as Promise<Map<string, Entry>>;
}

function asRefusal(): unknown {
  try {
    return broken();
  } catch (refusal) {
    return refusal;
  }
}

function refuseEntry(entry: Entry, entries: ReadonlyMap<string, Entry>, unpacked: number): void {
  const { fileName, compressedSize, uncompressedSize } = entry;
  if (fileName.length > BOUNDS.entryName || entries.has(fileName)) broken();
  if (fileName.startsWith('/') || fileName.split('/').includes('..')) broken();
  if (entry.isEncrypted()) refuseFile('不受理加密的文件');
  if (UNWANTED.test(fileName)) refuseFile('不受理含宏、外部链接或嵌入文件的电子表格，请另存为 .xlsx 或 CSV');
  if (unpacked > BOUNDS.unpackedBytes) refuseFile(`解压后超过 ${BOUNDS.unpackedBytes} 字节`);
  if (uncompressedSize > 65_536 && uncompressedSize > compressedSize * BOUNDS.ratio)
    refuseFile(`压缩比超过 ${BOUNDS.ratio} 倍`);
}

/** One that unpacks to another size than it says ends in an error: the bounds were held by what it said. */
const partOf = (zip: ZipFile, entry: Entry): Promise<Readable> =>
  new Promise((resolve, reject) =>
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream))),
  ).catch(broken) as Promise<Readable>;
