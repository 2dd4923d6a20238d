/**
 * Whether an If-None-Match covers a page that exists: `*`, or the tag itself in a list, weakly compared (RFC 9110 §13.1.2).
 * Tags of ours hold no comma, so a piece of a longer tag is never one of them.
 */
export function holdsTag(given: string | undefined, etag: string): boolean {
  if (given === undefined || given === etag) return given === etag;
  if (given.trim() === '*') return true;
  return given.split(',').some((each) => each.trim().replace(/^W\//, '') === etag);
}
