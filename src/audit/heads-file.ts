import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** A signed head as it stands in the file: canonical JSON and a detached JWS over it. */
export interface SignedHead {
  readonly canonical: string;
  readonly signature: string;
}

/**
 * The witness outside the database: `heads.log`, a signed head a line; `leaves.bin`, every leaf hash of the tree, 32 bytes
 * each, so that a changed entry is found by its place; `keys.json`, the public keys of all that ever signed here (JWKS).
 * Everything is appended and flushed to disk before it counts.
 */
export interface HeadsFile {
  /** The last whole line; null in an empty file. */
  last(): SignedHead | null;
  /** How many leaf hashes stand in the file. */
  leaves(): number;
  addLeaves(hashes: readonly Buffer[]): void;
  add(head: SignedHead): void;
  /** Makes a public key known; keys are never taken away. */
  addKey(jwk: Readonly<Record<string, unknown>>): void;
}

const HASH_BYTES = 32;

/** @param folder made when it is not there; readable by its owner only. */
export function openHeadsFile(folder: string): HeadsFile {
  const [heads, leaves, keys] = ['heads.log', 'leaves.bin', 'keys.json'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  syncFolder(dirname(folder));
  return {
    last: () => lastHead(heads),
    leaves: () => (existsSync(leaves) ? Math.floor(statSync(leaves).size / HASH_BYTES) : 0),
    addLeaves(hashes) {
      if (hashes.length > 0) append(leaves, Buffer.concat(hashes), HASH_BYTES);
    },
    add(head) {
      const open = tailOf(heads);
      append(heads, Buffer.from(`${open === '' || open.endsWith('\n') ? '' : '\n'}${JSON.stringify(head)}\n`));
    },
    addKey: (jwk) => addKey(keys, jwk),
  };
}

/** Appends and flushes. What a crash left of a record of a fixed width is written over. */
function append(file: string, bytes: Buffer, width = 1): void {
  const isNew = !existsSync(file);
  const descriptor = openSync(file, isNew ? 'a' : 'r+', 0o600);
  try {
    const { size } = statSync(file);
    writeWhole(descriptor, bytes, size - (size % width));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  if (isNew) syncFolder(dirname(file));
}

/** A disk that is filling up takes a part and says how much; only the next write fails. */
function writeWhole(descriptor: number, bytes: Buffer, at: number): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done, bytes.length - done, at + done);
}

/** Enough for several lines. */
const TAIL_BYTES = 16_384;

function tailOf(file: string): string {
  if (!existsSync(file)) return '';
  const { size } = statSync(file);
  const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
  const descriptor = openSync(file, 'r');
  readSync(descriptor, tail, 0, tail.length, size - tail.length);
  closeSync(descriptor);
  return tail.toString('utf8');
}

/** A line that a crash cut short is passed over here; the verifier tells of it. */
function lastHead(file: string): SignedHead | null {
  for (const line of tailOf(file).split('\n').reverse()) {
    const head = headOf(line);
    if (head) return head;
  }
  return null;
}

function headOf(line: string): SignedHead | null {
  try {
    const { canonical, signature } = JSON.parse(line) as Partial<SignedHead>;
    return canonical && signature ? { canonical, signature } : null;
  } catch {
    return null;
  }
}

function addKey(file: string, jwk: Readonly<Record<string, unknown>>): void {
  const known: Record<string, unknown>[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).keys : [];
  if (known.some(({ kid }) => kid === jwk['kid'])) return;
  const descriptor = openSync(`${file}.new`, 'w', 0o600);
  writeWhole(descriptor, Buffer.from(`${JSON.stringify({ keys: [...known, jwk] }, null, 2)}\n`), 0);
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameInto(`${file}.new`, file);
}

function renameInto(from: string, to: string): void {
  renameSync(from, to);
  syncFolder(dirname(to));
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
