import type { BirthDateLevel, NumberLevel, SexLevel } from './model';

/** Without the check character: it follows from them. */
const DIGITS = 17;
/** The first digit of the sequence: before it stand division and birth date. */
const SEQUENCE = 14;

/** How far two citizen numbers in normal form agree. */
export function numberLevel(one: string | null, other: string | null): NumberLevel {
  if (one === null || other === null) return 'UNKNOWN';
  const differ = placesThatDiffer(one.slice(0, DIGITS), other.slice(0, DIGITS));
  const [first, second] = differ;
  if (first === undefined) return 'EQUAL';
  const oneSlip = differ.length === 1 || (differ.length === 2 && swapped(one, other, first, second!));
  if (first >= SEQUENCE) return oneSlip ? 'SEQUENCE_DIGIT' : 'SEQUENCE';
  if (oneSlip) return second === undefined ? 'ONE_DIGIT' : 'TRANSPOSED';
  if (differ.length === 2) return 'TWO_DIGITS';
  return one.slice(6, SEQUENCE) === other.slice(6, SEQUENCE) ? 'BIRTH_DATE' : 'OTHER';
}

/** Counted beside the numbers only where these tell nothing of it. */
export function birthDateLevel(one: string | null, other: string | null, number: NumberLevel): BirthDateLevel {
  if (number !== 'UNKNOWN' && number !== 'OTHER') return 'IN_NUMBER';
  if (one === null || other === null) return 'UNKNOWN';
  if (one === other) return 'EQUAL';
  const [year, month, day] = one.split('-');
  const similar = placesThatDiffer(one, other).length === 1 || `${year}-${day}-${month}` === other;
  return similar ? 'SIMILAR' : 'DIFFERENT';
}

/** By the seventeenth digit: odd is a man, even a woman. */
export function sexLevel(one: string | null, other: string | null): SexLevel {
  if (one === null || other === null) return 'UNKNOWN';
  return Number(one[DIGITS - 1]) % 2 === Number(other[DIGITS - 1]) % 2 ? 'SAME' : 'DIFFERENT';
}

const swapped = (one: string, other: string, first: number, second: number): boolean =>
  second === first + 1 && one[first] === other[second] && one[second] === other[first];

const placesThatDiffer = (one: string, other: string): number[] =>
  Array.from(one, (_digit, at) => at).filter((at) => one[at] !== other[at]);
