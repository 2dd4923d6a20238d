import { closeSync, openSync, readSync, renameSync, writeFileSync } from 'node:fs';
import { ARCHIVE, occasion, stampOf, type Contents, type Kept } from './layout';

export interface Archive extends Contents {
  /** Compiled code of a module and the source as it was compiled; the bytes are good until the next call. */
  read(kept: Kept): { readonly code: Buffer; readonly source: string };
}

const LENGTH_BYTES = 8;

/** The archive, where there is one for this occasion. It stays open: modules loaded late come from it too. */
export function openArchive(): Archive | undefined {
  let file: number | undefined;
  try {
    file = openSync(ARCHIVE, 'r');
    const length = bytes(file, 0, LENGTH_BYTES).readUInt32LE();
    const { made, ...contents } = JSON.parse(bytes(file, LENGTH_BYTES, length).toString('utf8')) as Header;
    if (made === occasion()) return { ...contents, read: reader(file, LENGTH_BYTES + length, contents) };
  } catch {
    // none, or none that can be read: the program runs without
  }
  if (file !== undefined) closeSync(file);
  return undefined;
}

type Header = Contents & { readonly made: string };

function bytes(file: number, at: number, length: number): Buffer {
  const read = Buffer.alloc(length);
  readSync(file, read, 0, length, at);
  return read;
}

function reader(file: number, start: number, { modules, texts }: Contents): Archive['read'] {
  const narrow = bytes(file, start, texts.narrow).toString('latin1');
  const wide = bytes(file, start + texts.narrow, texts.wide).toString('utf16le');
  const first = start + texts.narrow + texts.wide;
  const scratch = Buffer.allocUnsafeSlow(Math.max(...modules.map(({ code }) => code)));
  return ({ at, code, from, to, wide: isWide }) => {
    readSync(file, scratch, 0, code, first + at);
    return { code: scratch.subarray(0, code), source: (isWide ? wide : narrow).slice(from, to) };
  };
}

/** Whether there is one, and every file in it still is as it was. */
export function isFresh(): boolean {
  try {
    return openArchive()?.modules.every(({ path, stamp }) => stampOf(path) === stamp) ?? false;
  } catch {
    return false;
  }
}

/** Written whole or not at all: a program that starts at this moment reads the one before. */
export function writeArchive(contents: Contents, parts: readonly Buffer[]): void {
  const header = Buffer.from(JSON.stringify({ made: occasion(), ...contents } satisfies Header), 'utf8');
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(header.length);
  const draft = `${ARCHIVE}.${process.pid}`;
  writeFileSync(draft, Buffer.concat([length, header, ...parts]));
  renameSync(draft, ARCHIVE);
}
