import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileId, isFileId, type FileStore } from './file-store';

/** What is being written: a file appears under its name when it is whole. */
const PART = '.part';

/** Files below a folder that nobody but the hub's user may enter. */
export function folderStore(root: string): FileStore {
  const folderOf = (id: string) => join(root, id.slice(0, 2));
  const pathOf = (id: string): string => join(folderOf(fileId(id)), id);
  return {
    async put(id, content) {
      const path = pathOf(id);
      if (existsSync(path)) throw new Error('there is such a file');
      await mkdir(folderOf(id), { recursive: true, mode: 0o700 });
      try {
        await writeNew(path + PART, content);
        await rename(path + PART, path);
      } catch (error) {
        await rm(path + PART, { force: true });
        throw error;
      }
      for (const folder of [folderOf(id), root]) await syncFolder(folder);
    },
    get: (id) => createReadStream(pathOf(id)),
    async remove(id) {
      for (const path of [pathOf(id), pathOf(id) + PART]) await rm(path, { force: true });
    },
    async *list() {
      for (const folder of await namesIn(root))
        for (const name of await namesIn(join(root, folder))) {
          const id = name.replace(PART, '');
          const found = isFileId(id) && (await stat(join(root, folder, name)).catch(() => undefined)); // removed meanwhile
          if (found) yield { id, at: found.mtime };
        }
    },
  };
}

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

async function writeNew(path: string, content: AsyncIterable<Buffer>): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const piece of content) await file.writeFile(piece);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** So that the name is as durable as the bytes. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}
