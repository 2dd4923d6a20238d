import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';

/** A file that stands under its name once it is whole, for nobody but the hub's user; no more is held than the disk has not taken yet. */
export async function writeWhole(path: string, pieces: AsyncIterable<Buffer>): Promise<void> {
  const part = `${path}.part`;
  const out = createWriteStream(part, { mode: 0o600 });
  try {
    for await (const piece of pieces) if (!out.write(piece)) await once(out, 'drain');
    out.end();
    await finished(out);
    await rename(part, path);
  } catch (error) {
    out.destroy();
    await rm(part, { force: true });
    throw error;
  }
}
