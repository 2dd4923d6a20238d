import { guarded, type Sql } from './sql';

/*
 * Aggregates that keep an unknown unknown (Kleene), for use over rows grouped by household. The built-in ones skip NULL
 * and so turn 待核实 into a verdict; rules may not use them (lint.ts). A group always has a row, so none is 'empty'.
 */

/** Whole-number sum; NULL when one item is unknown or the sum is beyond what a reader holds exactly (2^53). */
export const sumKnown = (item: Sql): Sql =>
  guarded`case when count(${item}) = count(*) and abs(sum(${item})) < 9007199254740992 then sum(${item})::bigint end`;

/** TRUE as soon as one is TRUE; FALSE only when all are FALSE; otherwise NULL. */
export const anyKnown = (test: Sql): Sql =>
  guarded`case when bool_or(${test}) then true when count(${test}) = count(*) then false end`;

/** FALSE as soon as one is FALSE; TRUE only when all are TRUE; otherwise NULL. */
export const allKnown = (test: Sql): Sql =>
  guarded`case when not bool_and(${test}) then false when count(${test}) = count(*) then true end`;

/** How many are TRUE; NULL when one is unknown. */
export const countKnown = (test: Sql): Sql =>
  guarded`case when count(${test}) = count(*) then count(*) filter (where ${test}) end`;

/** The greatest; NULL when one is unknown. */
export const maxKnown = (item: Sql): Sql => guarded`case when count(${item}) = count(*) then max(${item}) end`;

/** Rows of the group: members of the household. They are the hub's own and always known. */
export const headcount: Sql = guarded`count(*)`;

/** The greatest of those known. For `observed` and `note` only: it shows, and never decides. */
export const greatestSeen = (item: Sql): Sql => guarded`max(${item})`;

/** How many are known to be TRUE. For `observed` and `note` only, like `greatestSeen`. */
export const countSeen = (test: Sql): Sql => guarded`count(*) filter (where ${test})`;
