import { closeSync, openSync, readSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What was kept: see record.cjs. `known`: numbers of made-up people; `covered`: those of them a letter opens to a purpose. */
export interface Kept {
  readonly kind: 'response' | 'header' | 'log' | 'redis' | 'job' | 'table' | 'file' | 'said' | 'known' | 'covered';
  readonly place: string;
  readonly text: string;
  /** A response to somebody with a purpose: a covered person's number may stand in its data. */
  readonly open?: boolean;
  /** Of the server that answered; of `covered`, of the hub whose letters these are. */
  readonly port?: number;
}

export interface Leak {
  readonly kind: Kept['kind'];
  readonly place: string;
  readonly what: string;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/** So many digits in a row say more of a number than any mask shows: ten at most, in two parts. */
const WINDOW = 12;

/** GB 11643, written a second time: the search must not believe the code it searches. */
function isNumber(run: string): boolean {
  if (!/^[1-8]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$/.test(run)) return false;
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(run[at]), 0);
  return '10X98765432'[sum % 11] === run[17];
}

/** Every piece of a known number that is longer than a mask shows, of its old form too, to the number. */
export function piecesOf(numbers: Iterable<string>): Map<string, string> {
  const pieces = new Map<string, string>();
  for (const number of numbers)
    for (const form of [number, number.slice(0, 6) + number.slice(8, 17)])
      for (let at = 0; at + WINDOW <= form.length; at++) pieces.set(form.slice(at, at + WINDOW), number);
  return pieces;
}

const RUN = /\d{11,}[\dXx]/g;
const HEX = /(?:3\d){11,}(?:3\d|58|78)/g;
const DIGEST = /^[0-9a-f]*$/;
const BASE64 = /[A-Za-z0-9+/_-]{24,}/g;
const MASK = /\d*\*{2,}[\dXx]*/g;
const isLetter = (letter: string | undefined): boolean => letter !== undefined && /[0-9A-Za-z]/.test(letter);

/** Numbers in a text, whole, in pieces, half masked, as hex or as base64. Each as the number, or as what looks like one. */
export function numbersIn(text: string, pieces: ReadonlyMap<string, string>, deep = true): string[] {
  const plain = /[\uff10-\uff19]/.test(text) ? text.normalize('NFKC') : text;
  const found = new Set(runsIn(plain, pieces));
  for (const [mask] of plain.matchAll(MASK)) if (showsTooMuch(mask)) found.add(mask);
  if (!deep) return [...found];
  for (const [hex] of plain.matchAll(HEX))
    for (const number of numbersIn(Buffer.from(hex, 'hex').toString('latin1'), pieces, false)) found.add(number);
  for (const [packed] of plain.matchAll(BASE64)) {
    if (DIGEST.test(packed)) continue;
    const inside = Buffer.from(packed, 'base64').toString('latin1');
    if (/\d{12}/.test(inside)) for (const number of numbersIn(inside, pieces, false)) found.add(number);
  }
  return [...found];
}

function* runsIn(text: string, pieces: ReadonlyMap<string, string>): Generator<string> {
  for (const match of text.matchAll(RUN)) {
    const run = match[0].toUpperCase();
    const alone = !isLetter(text[match.index - 1]) && !isLetter(text[match.index + run.length]);
    for (let at = 0; at + WINDOW <= run.length; at++) {
      const known = pieces.get(run.slice(at, at + WINDOW));
      if (known && (alone || run.includes(known))) yield known;
      const whole = run.slice(at, at + 18);
      if (alone && run.length === 18 && isNumber(whole)) yield whole;
    }
  }
}

/** Ten digits at most, no more than six before and four after, and eight hidden: what no profile of masks goes beyond. */
function showsTooMuch(mask: string): boolean {
  const [head, tail] = [mask.indexOf('*'), mask.length - 1 - mask.lastIndexOf('*')];
  const shown = head + tail;
  return shown >= 5 && (head > 6 || tail > 4 || mask.length - shown < 8);
}

/** Under a purpose only data may show a number: under the names of the two fields that hold one, or alone in a cell of a paper. */
const DATA = /"(?:alias_)?(?:idNumber|spouseIdNumber)":"\d{17}[\dX]"|<td><bdi>\d{17}[\dX]<\/bdi><\/td>/g;

function leaksIn(kept: Kept, pieces: ReadonlyMap<string, string>, covered: ReadonlySet<string> | undefined): Leak[] {
  const { kind, place, open } = kept;
  const mayShow = (shown: string) => !covered || covered.has(/\d{17}[\dX]/.exec(shown)![0]);
  const text = open ? kept.text.replace(DATA, (shown) => (mayShow(shown) ? '' : shown)) : kept.text;
  return numbersIn(text, pieces).map((what) => ({ kind, place, what }));
}

export interface Searched {
  readonly leaks: readonly Leak[];
  /** How much was searched, by kind of place: entries and characters. */
  readonly counts: Readonly<Record<string, readonly [entries: number, characters: number]>>;
}

/** Searches all that was kept in a folder. */
export function searchFolder(folder: string): Searched {
  const known = new Set<string>();
  const covered = new Map<string, Set<string>>();
  for (const { file, entry } of entriesIn(folder, 'people')) {
    if (entry.kind === 'known') for (const number of entry.text.split(' ')) known.add(number);
    if (entry.kind === 'covered') {
      const place = `${file} ${entry.port}`;
      covered.set(place, new Set([...(covered.get(place) ?? []), ...entry.text.split(' ')]));
    }
  }
  const pieces = piecesOf(known);
  const leaks: Leak[] = [];
  const counts: Record<string, [number, number]> = {};
  for (const { file, entry } of entriesIn(folder, 'kept')) {
    const [entries, characters] = counts[entry.kind] ?? [0, 0];
    counts[entry.kind] = [entries + 1, characters + entry.text.length];
    leaks.push(...leaksIn(entry, pieces, covered.get(`${file} ${entry.port}`)));
  }
  return { leaks, counts };
}

/** Of every process of the run, by its number. */
function* entriesIn(folder: string, which: 'people' | 'kept'): Generator<{ file: string; entry: Kept }> {
  const files = readdirSync(folder).filter((name) => name.endsWith(`.${which}.jsonl`));
  for (const name of files)
    for (const line of linesOf(join(folder, name)))
      if (line !== '') yield { file: name.split('.')[0]!, entry: JSON.parse(line) as Kept };
}

const CHUNK = 16 * 1024 * 1024;

/** Line by line: long forms keep more than one string can hold. */
function* linesOf(file: string): Generator<string> {
  const from = openSync(file, 'r');
  let begun: Buffer[] = [];
  try {
    for (;;) {
      const chunk = Buffer.alloc(CHUNK);
      const read = readSync(from, chunk, 0, CHUNK, null);
      if (read === 0) break;
      let rest = chunk.subarray(0, read);
      for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
        yield Buffer.concat([...begun, rest.subarray(0, end)]).toString('utf8');
        begun = [];
        rest = rest.subarray(end + 1);
      }
      begun.push(rest);
    }
    yield Buffer.concat(begun).toString('utf8');
  } finally {
    closeSync(from);
  }
}

/** The report of a search: one line where nothing was found, else every place, the numbers themselves hidden. */
export function reportOf({ leaks, counts }: Searched): string {
  const searched = Object.entries(counts).map(([kind, [n, size]]) => `${n} ${kind}s (${Math.ceil(size / 1024)} KiB)`);
  const places = new Set(leaks.map(({ kind, place, what }) => `  ${kind}: ${place}: ${what.slice(0, 6)}…`));
  return [`searched for citizen numbers: ${searched.join(', ')}; ${places.size} leaks`, ...places].join('\n');
}
