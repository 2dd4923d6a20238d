/** Mask profiles of domain.md §8. One per region, never per feed: two patterns of one person add up. */
export const MASK_PROFILES = {
  /** County and check character: 2.4 million numbers fit. The default. */
  STRICT_6_1: { head: 6, tail: 1 },
  /** Prefecture and last four: about 14,500 numbers fit. */
  PREFECTURE_4_4: { head: 4, tail: 4 },
  /** County, sequence and check: 2,428 numbers fit; only where a local document demands it. */
  COMPAT_6_4: { head: 6, tail: 4 },
} as const;

export type MaskProfile = keyof typeof MASK_PROFILES;
export const DEFAULT_MASK_PROFILE: MaskProfile = 'STRICT_6_1';

/** A citizen number with its middle hidden, at its own length; at least eight characters are always hidden. */
export function maskIdNumber(idNumber: string, profile: MaskProfile = DEFAULT_MASK_PROFILE): string {
  const { length } = idNumber;
  const { head, tail } = MASK_PROFILES[profile];
  const spare = Math.max(0, length - 8);
  const shownHead = Math.min(head, Math.floor((spare * head) / (head + tail)));
  const shownTail = Math.min(tail, spare - shownHead);
  return idNumber.slice(0, shownHead) + stars(length - shownHead - shownTail) + idNumber.slice(length - shownTail);
}

/** First character shown, the rest hidden: '王*', '张**'. A rare character outside the basic plane is one character. */
export function maskName(name: string): string {
  const first = name.slice(0, (name.codePointAt(0) ?? 0) > BASIC_PLANE ? 2 : 1);
  return first + stars(Math.max(1, lettersIn(name) - 1));
}

function lettersIn(name: string): number {
  let letters = name.length;
  for (let at = 0; at < name.length; at++) if (name.charCodeAt(at) >> 10 === LOW_SURROGATE) letters--;
  return letters;
}

const BASIC_PLANE = 0xffff;
/** The upper six bits of the second half of a character outside the basic plane. */
const LOW_SURROGATE = 0xdc00 >> 10;
const STARS = '*'.repeat(64);

const stars = (count: number): string => (count <= STARS.length ? STARS.slice(0, count) : '*'.repeat(count));
