import { nameForm, soundAlike, soundNearly, type NameForm } from './name-form';
import type { NameLevel } from './model';

/** How far two names agree: the closest level that holds. */
export function nameLevel(one: string, other: string): NameLevel {
  const [a, b] = [nameForm(one), nameForm(other)];
  if (a.folded.length === 0 || b.folded.length === 0) return 'OTHER';
  if (a.written === b.written) return 'EXACT';
  if (a.normal === b.normal) return 'SAME_FORM';
  const [left, right] = [a.folded.join(''), b.folded.join('')];
  if (left === right) return 'VARIANT';
  if (reordered(a, right) || reordered(b, left)) return 'REORDERED';
  if (throughout(a, b, soundAlike)) return 'HOMOPHONE';
  if (throughout(a, b, soundNearly)) return 'NEAR_SOUND';
  if (partOf(a, right) || partOf(b, left)) return 'PART';
  return oneApart(a.folded, b.folded);
}

/** Other orders of the parts: a family name put behind, a father's name put before. Names of more parts are not turned. */
function reordered({ parts }: NameForm, other: string): boolean {
  const [first, second, third] = parts;
  if (!first || !second || parts.length > 3) return false;
  const orders = third
    ? [
        [first, third, second],
        [second, first, third],
        [second, third, first],
        [third, first, second],
        [third, second, first],
      ]
    : [[second, first]];
  return orders.some((order) => order.join('') === other);
}

/** Every character alike in turn, by sound. */
const throughout = (a: NameForm, b: NameForm, alike: (one: string, other: string) => boolean): boolean =>
  a.folded.length === b.folded.length &&
  a.folded.every((each, at) => each === b.folded[at] || alike(each, b.folded[at]!));

/** Is one name a whole part of the other, as a Mongolian's own name without the father's? */
const partOf = ({ parts }: NameForm, other: string): boolean => parts.length > 1 && parts.includes(other);

function oneApart(a: readonly string[], b: readonly string[]): NameLevel {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return 'OTHER';
  let before = 0;
  while (before < short.length && short[before] === long[before]) before++;
  let behind = 0;
  while (behind < short.length - before && short.at(-1 - behind) === long.at(-1 - behind)) behind++;
  if (long.length - before - behind > 1) return 'OTHER';
  if (long.length >= 3) return 'ONE_CHARACTER';
  return long.length === 2 && before === 1 && short.length === 2 ? 'ONE_OF_TWO' : 'OTHER';
}
