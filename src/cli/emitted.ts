import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { say, warn } from './say';

/** A file that is made from the code, committed, and checked. Paths count from the project's folder. */
export interface Emitted {
  readonly path: string;
  readonly text: string;
  /** The command that writes it. */
  readonly command: string;
}

/** Writes the file, or with `check` only compares: a difference sets exit code 1. */
export function emit({ path, text, command }: Emitted, check: boolean): void {
  if (!check) {
    writeFileSync(resolve(path), text);
    return say(`${path} written`);
  }
  if (read(path) === text) return say(`${path} is up to date`);
  warn(`${path} is not what the code says: run ${command} and look at the difference.`);
  process.exitCode = 1;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(resolve(path), 'utf8');
  } catch {
    return undefined;
  }
}
