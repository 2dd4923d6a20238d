import type { Item } from './items';
import type { Told } from './read';

/*
 * A digest stands alone while the item is there. Of one that is gone it bears the day since when, after '-' where the source
 * told of the person without it, after '?' where the source knew nobody: registers do lose people for a day.
 */
const HELD = /^[0-9a-f]+$/;

/** Marks of what was there at the last look, or before, and is not now. */
export function goneFrom(was: readonly string[], held: readonly string[], { status, day }: Told): string[] {
  return was
    .filter((digest) => !held.includes(digest.slice(0, digest.search(/[-?]|$/))))
    .map((digest) => (HELD.test(digest) ? `${digest}${status === 'FOUND' ? '-' : '?'}${day}` : digest));
}

/** What is back is new where it was registered anew since it had gone; without a date, where the source had told it gone. */
export function knownTo(was: readonly string[], of: (item: string) => string): (item: Item) => boolean {
  const held = new Set(was.filter((digest) => HELD.test(digest)));
  return ({ same, datedOn }) => {
    const digest = of(same);
    if (held.has(digest)) return true;
    const gone = was.find((each) => each.startsWith(digest))?.slice(digest.length);
    if (gone === undefined) return false;
    return datedOn === null ? gone.startsWith('?') : datedOn < gone.slice(1);
  };
}
