import { normaliseName } from '../access/identity';
import { pinyin, simplifier } from './dictionaries';
import { VARIANTS } from './variants';

/** A name as it is compared. */
export interface NameForm {
  readonly written: string;
  /** domain.md §9. */
  readonly normal: string;
  /** Parts around middle dots, each with simplified and common characters only. */
  readonly parts: readonly string[];
  /** The parts in one, as characters (code points, not halves of them). */
  readonly folded: readonly string[];
}

/** Kept for a character: a hub sees some thousand of them. */
const kept = <Value>(make: (character: string) => Value): ((character: string) => Value) => {
  const known = new Map<string, Value>();
  return (character) => {
    const value = known.get(character) ?? make(character);
    known.set(character, value);
    return value;
  };
};

const fold = kept((character) => {
  const plain = VARIANTS.get(character) ?? simplifier()(character);
  return VARIANTS.get(plain) ?? plain;
});

export function nameForm(written: string): NameForm {
  const normal = normaliseName(written).toUpperCase();
  const parts = normal
    .split('·')
    .filter((part) => part !== '')
    .map((part) => [...part].map(fold).join(''));
  return { written, normal, parts, folded: [...parts.join('')] };
}

/** All readings of a character without tones, the usual one first; what has none sounds like itself alone. */
const readings = kept((character): readonly string[] => {
  const [all] = pinyin().polyphonic(character, { toneType: 'none', type: 'array' });
  return all?.length ? all : [character];
});

/** Sounds that dictation confuses in the south: z/zh, c/ch, s/sh, n/l, a final n or ng. */
const blurred = (reading: string): string =>
  reading
    .replace(/^([zcs])h/, '$1')
    .replace(/^l/, 'n')
    .replace(/ng$/, 'n');

const meet = (some: readonly string[], others: readonly string[]) => some.some((each) => others.includes(each));

/** Have two characters a reading in common? */
export const soundAlike = (a: string, b: string): boolean => meet(readings(a), readings(b));
export const soundNearly = (a: string, b: string): boolean => meet(readings(a).map(blurred), readings(b).map(blurred));

/** One text for names that sound nearly alike, in whatever order: the usual readings, blurred and sorted. */
export const soundOf = ({ folded }: NameForm): string =>
  folded
    .map((character) => blurred(readings(character)[0]!))
    .sort()
    .join(' ');

/** How the first character, as a rule the surname, sounds. */
export const firstSound = ({ folded: [first] }: NameForm): string => (first ? blurred(readings(first)[0]!) : '');
