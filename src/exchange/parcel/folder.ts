import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SourceTrouble, sourceFault } from '../trouble';
import { PART, type Mailbox } from './box';

const OWNER_ONLY = { file: 0o600, folder: 0o700 };

/** A folder on a disk both offices see. */
export function openFolder(address: URL): Mailbox {
  const root = fileURLToPath(new URL(address.pathname, 'file:'));
  return {
    async put(path, body) {
      const target = join(root, path);
      await mkdir(dirname(target), { recursive: true, mode: OWNER_ONLY.folder }).catch(unreached);
      await writeThrough(target + PART, body).catch(unreached);
      await rename(target + PART, target).catch(unreached);
    },
    async get(path, most) {
      const found = await stat(join(root, path)).catch(absent);
      if (found && found.size > most) throw sourceFault();
      return found && (await readFile(join(root, path)).catch(absent));
    },
    remove: (path) => rm(join(root, path), { force: true }).catch(unreached),
    async list(folder) {
      const names = (await readdir(join(root, folder)).catch(absent)) ?? [];
      const seen = await Promise.all(names.map((name) => stat(join(root, folder, name)).catch(absent)));
      return names.flatMap((name, at) => (seen[at] ? [{ name, modifiedAt: seen[at].mtime }] : []));
    },
    close: async () => undefined,
  };
}

/** On the disk before it is renamed: a crash leaves no empty file under a final name. */
async function writeThrough(path: string, body: Buffer): Promise<void> {
  const file = await open(path, 'w', OWNER_ONLY.file);
  try {
    await file.writeFile(body);
    await file.sync();
  } finally {
    await file.close();
  }
}

function absent(error: { code?: string }): undefined {
  if (error.code !== 'ENOENT') unreached();
}

function unreached(): never {
  throw new SourceTrouble('SILENT', 'UNREACHABLE');
}
