import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { Refusal } from '../refusal';
import { hashed } from './copy';
import type { Heap } from './heaps';
import type { BackedUpHeap, Manifest } from './manifest';
import { packed, unpacked, type Piece } from './pieces';
import { NotOurs, seal, unseal } from './sealed-stream';

interface Place {
  readonly id: string;
  readonly folder: string;
  readonly key: Buffer;
}

export const heapFile = (folder: string, name: string): string => join(folder, `${name}.heap.sealed`);
/** Never the name of a table, which has no blank before its last word. */
const boundTo = (id: string, name: string): string => `${id} heap ${name}`;

/** All pieces of a heap in one sealed file. What is missing or broken is named, and the rest is kept. */
export async function packHeap(snapshot: Client, heap: Heap, { id, folder, key }: Place): Promise<BackedUpHeap> {
  const digest = createHash('sha256');
  const lost: string[] = [];
  let pieces = 0;
  async function* all(): AsyncGenerator<Buffer> {
    for (const name of await heap.names(snapshot)) {
      const content = await heap.sound(name, snapshot);
      if (content) yield* packed({ name, content });
      if (content) pieces += 1;
      else lost.push(name);
    }
  }
  const file = createWriteStream(heapFile(folder, heap.name), { mode: 0o600, flags: 'wx', flush: true });
  await pipeline(Readable.from(all()), hashed(digest), seal(key, boundTo(id, heap.name)), file);
  return { name: heap.name, pieces, hash: digest.digest('hex'), lost };
}

/** Opens a heap of a backup piece by piece. Throws Refusal where it is not what was kept; not all is known before its end. */
export async function readHeap(
  { id }: Pick<Manifest, 'id'>,
  { name, pieces, hash }: BackedUpHeap,
  { folder, key }: Omit<Place, 'id'>,
  take: (piece: Piece) => Promise<void>,
): Promise<void> {
  const digest = createHash('sha256');
  let taken = 0;
  const source = createReadStream(heapFile(folder, name));
  await pipeline(source, unseal(key, boundTo(id, name)), hashed(digest), async (stream: AsyncIterable<Buffer>) => {
    for await (const piece of unpacked(stream)) {
      await take(piece);
      taken += 1;
    }
  }).catch((error: unknown) => {
    const { code } = error as { code?: string };
    if (code === 'ENOENT') throw new Refusal(`The backup is not whole: its ${name} are missing.`);
    throw error instanceof NotOurs ? new Refusal(`The ${name} of the backup were changed or cut short.`) : error;
  });
  if (digest.digest('hex') !== hash || taken !== pieces)
    throw new Refusal(`The ${name} of the backup are not those that were backed up.`);
}
