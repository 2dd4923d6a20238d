import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Item } from '../../store/archive/package';
import { Refusal } from '../refusal';

/** Lays a package down, item by item; it is in clear, for nobody but the user to read. Returns how many items. Throws Refusal. */
export async function writePackage(folder: string, items: AsyncIterable<Item>): Promise<number> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) throw new Refusal(`${folder} is not empty.`);
  let written = 0;
  for await (const { name, content } of items) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, content, { flag: 'wx', mode: 0o600 });
    written += 1;
  }
  return written;
}
