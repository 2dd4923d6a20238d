import { guarded, type Sql } from './sql';

/*
 * Facts of an answer. A relation of a source (`vehicle`, `civil_affairs`, …) has a row per member: `found` is TRUE, FALSE
 * (asked, and there is none) or NULL (no usable answer), and then every column of the answer is NULL.
 */

/** A fact where the source found the person, `none` where it found nobody, NULL where it is unknown. */
export const orNone = (fact: Sql, none: Sql): Sql =>
  guarded`case found when true then ${fact} when false then ${none} end`;

/**
 * TRUE where the answer was asked for this fact ('deceasedOn'). An agency's own "there is none" is NULL in the column, and
 * so is a fact nobody asked for: only together with this may such a NULL count as none.
 */
export function askedFor(fact: string): Sql {
  if (!/^[a-z][A-Za-z0-9]*$/.test(fact)) throw new Error(`'${fact}' is no fact of a record`);
  return { text: `'${fact}' = any (fields)`, written: [], parameters: [] };
}

/** Completed years of age on a day; the birthday itself counts. The same as `ageOn` of src/access/identity. */
export const yearsOld = (birthDate: Sql, day: Sql): Sql =>
  guarded`date_part('year', age((${day})::timestamp, (${birthDate})::timestamp))::bigint`;

/** A whole number that a reader holds exactly (2^53); one beyond is unknown, and never an overflow that fails the page. */
export const wholeNumber = (value: Sql): Sql =>
  guarded`case when (${value}) between -9007199254740991 and 9007199254740991 then (${value})::bigint end`;

/**
 * Ends a subquery whose columns are made once a row. Without it the planner writes a column's expression out in every aggregate
 * that uses it, and makes it as many times.
 */
export const madeOnce: Sql = guarded`offset 0`;

/** Are two names one, however written? Names that are equal have one normal form: only those that differ are brought to theirs. */
export const oneName = (one: Sql, other: Sql): Sql =>
  guarded`(${one} = ${other} or ${nameForm(one)} = ${nameForm(other)})`;

/** A name's normal form, by which alone two spellings are compared. The same as `normaliseName` of src/access/identity. */
export const nameForm = (name: Sql): Sql => guarded`regexp_replace(translate(normalize(${name}, nfkc),
  '.\u2022\u2027\u22c5\u30fb\uff65\u2e31\u0387\u2219', '\u00b7\u00b7\u00b7\u00b7\u00b7\u00b7\u00b7\u00b7\u00b7'), '[\\s\u200b-\u200d\ufeff]+', '', 'g')`;
