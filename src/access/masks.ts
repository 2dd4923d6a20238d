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
  const { head, tail } = MASK_PROFILES[profile];
  const spare = Math.max(0, idNumber.length - 8);
  const shownHead = Math.min(head, Math.floor((spare * head) / (head + tail)));
  const shownTail = Math.min(tail, spare - shownHead);
  const hidden = idNumber.length - shownHead - shownTail;
  return idNumber.slice(0, shownHead) + '*'.repeat(hidden) + idNumber.slice(idNumber.length - shownTail);
}

/** First character shown, the rest hidden: '王*', '张**'. */
export function maskName(name: string): string {
  const letters = [...name];
  return (letters[0] ?? '') + '*'.repeat(Math.max(1, letters.length - 1));
}
