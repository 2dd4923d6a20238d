import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bornAt, isAlive } from './alive';

/** Who runs in a data folder. */
export interface Holder {
  readonly pid: number;
  /** What it is, for people: 'hub start', 'hub seed'. */
  readonly what: string;
  /** Where it answers; '' for what serves nothing. */
  readonly url: string;
  readonly born: string;
}

export interface FolderLock {
  /** Adds the address once it is known. */
  say(url: string): void;
  release(): void;
}

const fileIn = (dataDir: string) => join(dataDir, 'hub.lock');

/** Takes the folder for this process; returns who holds it instead when someone alive does. A dead holder's lock is taken over. */
export function lockFolder(dataDir: string, what: string): FolderLock | Holder {
  mkdirSync(dataDir, { recursive: true });
  const file = fileIn(dataDir);
  const own: Holder = { pid: process.pid, what, url: '', born: bornAt(process.pid) };
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(own), { mode: 0o600 });
  try {
    while (!claim(draft, file)) {
      const holder = holderOf(dataDir);
      if (holder) return holder;
      rmSync(file, { force: true });
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return {
    say(url) {
      writeFileSync(draft, JSON.stringify({ ...own, url }), { mode: 0o600 });
      renameSync(draft, file);
    },
    release: () => rmSync(file, { force: true }),
  };
}

export const isHolder = (taken: FolderLock | Holder): taken is Holder => 'pid' in taken;

/** The living holder of a folder. */
export function holderOf(dataDir: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(fileIn(dataDir), 'utf8')) as Holder;
    return isAlive(holder.pid) && bornAt(holder.pid) === holder.born ? holder : undefined;
  } catch {
    return undefined; // nobody, or the scrap of a write cut short
  }
}

/** A link appears whole or not at all, and never over another. */
function claim(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
