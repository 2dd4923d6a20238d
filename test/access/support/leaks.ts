import type { FileMember } from '../../support/files';

/** What of somebody must stand nowhere in an answer. */
export interface Hidden {
  /** Citizen numbers: of these no seven characters in a row, which is one more than a mask shows at an end. */
  readonly numbers: readonly string[];
  /** Numbers that may be shown whole: like those of their household for the most part. */
  readonly shown: readonly string[];
  /** Names, days of birth, and other values that stand nowhere else, by what they are. */
  readonly values: readonly (readonly [what: string, value: unknown])[];
}

const WINDOW = 7;
/** Letters and digits of ours that mean nothing: ids, hashes, numbers of records, instants. */
const MEANINGLESS =
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{32,}\b|[A-Z]{2,}-[0-9A-F]{16}|\d{4}-\d\d-\d\dT[\d:.]+/g;
/** A unit's number begins with a county like a citizen's; it is looked for among the values. */
const UNIT = /\d{12}GB\d{5}F\d{8}/g;
const RUN = /\d{6,}[\dXx]/g;
const STARRED = /[\dXx]*\*{2,}[\dXx*]*/g;
/** Of a county's default profile (domain.md §8): six digits, eleven stars, one character; or no digit at all, as in a name. */
const RIGHT_MASK = /^(?:\d{6}\*{11}[\dX]|\*+)$/;

/** Everything in a text that tells of somebody hidden: what it is, never the value itself. */
export function leaksIn(whole: string, { numbers, shown, values }: Hidden): string[] {
  const text = shown.reduce((rest, number) => rest.replaceAll(number, ''), whole.replace(MEANINGLESS, ''));
  const pieces = new Map(
    numbers.flatMap((number) =>
      Array.from({ length: number.length - WINDOW + 1 }, (_, at) => [number.slice(at, at + WINDOW), number] as const),
    ),
  );
  const found = [...values.flatMap(([what, value]) => (holds(text, value) ? [what] : []))];
  for (const [run] of text.replace(UNIT, '').matchAll(RUN))
    for (let at = 0; at + WINDOW <= run.length; at++)
      if (pieces.has(run.slice(at, at + WINDOW).toUpperCase()))
        found.push(`a piece of a number, ${at} in ${run.length}`);
  for (const [mask] of text.matchAll(STARRED)) if (!RIGHT_MASK.test(mask)) found.push(`a mask of ${mask.length}`);
  return [...new Set(found)];
}

/** Short values are looked for as a whole only. */
const holds = (text: string, value: unknown): boolean =>
  String(value).length >= 5 || /[^ -~]/.test(String(value))
    ? text.includes(String(value))
    : text.includes(`"${String(value)}"`);

/** What the hub itself knows of people: by field, the value of each. */
export const ownValues = (
  people: readonly FileMember[],
): (readonly [field: string, person: string, value: unknown])[] =>
  people.flatMap(({ id, name, birthDate }) => [
    ['Person.name', id, name] as const,
    ['Person.birthDate', id, birthDate] as const,
    ['HouseholdMember.declaredName', id, name] as const,
  ]);
