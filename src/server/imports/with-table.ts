import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the system shows a process its open files by number, one without a name is still read by a path. */
const OPEN_FILES = '/proc/self/fd';

/**
 * Work on a table, which holds citizen numbers in clear, by a path: while it comes in it loses its name, so that nothing of it is left
 * when the process ends, however that comes about. Where a system knows no such thing it is removed at the end.
 */
export async function withTable<T>(
  dataDir: string,
  body: AsyncIterable<Buffer>,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const folder = join(dataDir, 'imports');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const named = join(folder, randomUUID());
  const file = await open(named, 'wx', 0o600);
  try {
    const nameless = existsSync(OPEN_FILES);
    if (nameless) await rm(named);
    for await (const part of body) await file.writeFile(part);
    return await work(nameless ? join(OPEN_FILES, String(file.fd)) : named);
  } finally {
    await file.close();
    await rm(named, { force: true });
  }
}
