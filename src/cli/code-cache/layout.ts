import { statSync } from 'node:fs';
import { join } from 'node:path';
import { cachedDataVersionTag } from 'node:v8';

/** A module in the archive: where the bytes begin of what V8 compiled, and how many; which characters of a text are its source. */
export interface Kept {
  readonly path: string;
  readonly stamp: string;
  readonly at: number;
  readonly code: number;
  readonly from: number;
  readonly to: number;
  /** In the text in UTF-16, where Latin-1 does not hold the source. */
  readonly wide: boolean;
}

export interface Contents {
  /** Bytes of all sources, as they are compiled, in one text each: such a text lies outside the heap, and so do its pieces. */
  readonly texts: { readonly narrow: number; readonly wide: number };
  readonly modules: readonly Kept[];
  /** Folder → request → path, as Node resolved them. */
  readonly links: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Seen from dist/src/cli/code-cache; where the program runs from its sources there is no archive. */
const DIST = join(__dirname, '..', '..', '..');
export const ARCHIVE = join(DIST, 'code-cache.bin');
const MADE_FROM = ['build.json', '../node_modules/.package-lock.json'].map((path) => join(DIST, path));

/** Changes whenever a file is written. Throws where it is not there. */
export function stampOf(path: string): string {
  const { mtimeMs, size } = statSync(path);
  return `${mtimeMs}:${size}`;
}

/** What an archive is good for: this Node, this folder, this build, these packages. */
export const occasion = (): string =>
  [process.version, process.platform, process.arch, cachedDataVersionTag(), DIST, ...MADE_FROM.map(stampOf)].join(' ');
