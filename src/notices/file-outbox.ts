import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { holdsIdNumber } from '../access/identity';
import { NotDelivered, type Channel, type Message } from './channel';

/** Below DATA_DIR. */
export const OUTBOX = 'outbox';
const PART = '.part';
const HOUR_MS = 3_600_000;

/**
 * 发件箱 of the sandbox: a file a notice, named by its id, which appears whole or not at all, and once: its name is taken by a link,
 * which fails where there is one already. Nobody but the hub's user may enter.
 */
export function fileOutbox(root: string, now: () => number = Date.now): Channel {
  let tidied: Promise<void> | undefined;
  return {
    async deliver(message) {
      if (holdsIdNumber(message.body)) throw new NotDelivered('HOLDS_ID_NUMBER');
      await mkdir(root, { recursive: true, mode: 0o700 });
      await (tidied ??= tidy(root, now()));
      await appear(root, message);
    },
  };
}

async function appear(root: string, { id, ...rest }: Message): Promise<void> {
  const part = join(root, `${id}.${randomUUID()}${PART}`);
  try {
    const file = await open(part, 'wx', 0o600);
    try {
      await file.writeFile(`${JSON.stringify({ id, ...rest }, null, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(part, join(root, `${id}.json`)).catch(unlessThere);
  } finally {
    await rm(part, { force: true });
  }
  const folder = await open(root, 'r');
  await folder.sync().finally(() => folder.close());
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

/** Of a hub that fell while it wrote: no message, and surely nobody's any more. */
async function tidy(root: string, now: number): Promise<void> {
  for (const name of await readdir(root)) {
    if (!name.endsWith(PART)) continue;
    const found = await stat(join(root, name)).catch(() => undefined); // removed meanwhile
    if (found && found.mtimeMs < now - HOUR_MS) await rm(join(root, name), { force: true });
  }
}
