import type { Sql } from './sql';

/** Words of SQL that turn an unknown into a verdict, and what to write instead. */
const FORBIDDEN: Readonly<Record<string, string>> = {
  sum: 'sumKnown',
  max: 'maxKnown',
  min: 'maxKnown of the negated',
  avg: 'sumKnown and headcount',
  count: 'countKnown or headcount',
  bool_and: 'allKnown',
  bool_or: 'anyKnown',
  every: 'allKnown',
  exists: 'anyKnown over a left join',
  filter: 'a CASE inside the aggregate',
  coalesce: 'orNone',
  greatest: 'CASE',
  least: 'CASE',
};

/** The forbidden words that a rule's author wrote, each with its remedy; empty when the SQL keeps unknowns unknown. */
export function lint({ written }: Sql): string[] {
  const words = new Set(
    written
      .join(' ')
      .toLowerCase()
      .match(/[a-z_]+/g),
  );
  return Object.entries(FORBIDDEN)
    .filter(([word]) => words.has(word))
    .map(([word, remedy]) => `${word}: use ${remedy}`);
}
