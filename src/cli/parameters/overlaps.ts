import type { Fault } from './read';
import type { Line } from './line';

/** Of one number: what it is, for where, for which programme. */
export type Key = Pick<Line, 'code' | 'regionCode' | 'programme'>;
export type Stretch = Pick<Line, 'validFrom' | 'validTo'>;

/** A value that is on the books. */
export interface Standing extends Key, Stretch {
  readonly documentNumber: string;
  readonly knownFrom: Date;
}

/** Lines of one file that say two things of one number for one day. */
export function* overlapsWithin(lines: readonly Line[]): Generator<Fault> {
  for (const [place, line] of lines.entries()) {
    const other = lines.slice(0, place).find((earlier) => sameKey(earlier, line) && overlap(earlier, line));
    if (other)
      yield { at: line.at, says: `overlaps with line ${other.at}: two values of ${line.code} for the same days` };
  }
}

/** Lines that overlap with what stands without naming it, or name what does not stand there. */
export function* overlapsWith(standing: readonly Standing[], lines: readonly Line[]): Generator<Fault> {
  for (const line of lines) {
    const met = standing.filter((row) => sameKey(row, line) && overlap(row, line) && !overtaken(row, standing));
    for (const { documentNumber, validFrom, validTo } of met)
      if (documentNumber !== line.replaces)
        yield {
          at: line.at,
          says: `overlaps with ${validFrom} to ${validTo ?? 'open'} of ${documentNumber}: to take its place, say replaces: ${documentNumber}`,
        };
    if (line.replaces !== null && met.length === 0)
      yield { at: line.at, says: `replaces ${line.replaces}, which gives ${line.code} no value for those days` };
  }
}

/** Whether a later word covers all its days. */
const overtaken = (row: Standing, standing: readonly Standing[]): boolean =>
  standing.some((later) => sameKey(later, row) && later.knownFrom > row.knownFrom && covers(later, row));

const NEVER = '9999-12-31';
const end = ({ validTo }: Stretch): string => validTo ?? NEVER;
const overlap = (one: Stretch, other: Stretch): boolean => one.validFrom <= end(other) && other.validFrom <= end(one);
const covers = (one: Stretch, other: Stretch): boolean => one.validFrom <= other.validFrom && end(one) >= end(other);
const sameKey = (one: Key, other: Key): boolean =>
  one.code === other.code && one.regionCode === other.regionCode && one.programme === other.programme;
