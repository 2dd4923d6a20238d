import { closeSync, existsSync, openSync, readSync } from 'node:fs';

const HASH_BYTES = 32;

/** The leaf hashes kept outside the database, read in order. */
export class Witness {
  private readonly descriptor: number | undefined;

  constructor(file: string) {
    this.descriptor = existsSync(file) ? openSync(file, 'r') : undefined;
  }

  /** Undefined where the file does not reach so far. */
  leaf(position: number): Buffer | undefined {
    if (this.descriptor === undefined) return undefined;
    const hash = Buffer.alloc(HASH_BYTES);
    const read = readSync(this.descriptor, hash, 0, HASH_BYTES, position * HASH_BYTES);
    return read === HASH_BYTES ? hash : undefined;
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
  }
}
