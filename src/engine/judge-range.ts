import type { PoolClient } from 'pg';
import { judgement, keep, type Asked } from './evaluate';
import { FOR_RANGES, type HouseholdRange } from './ranges';
import type { Rule } from './rule';
import type { ColumnsOf } from './statement/answers';
import { peopleAndAnswersInRange } from './statement/people';
import { inRange } from './statement/subject';
import { evidenceInRange } from './statement/told';

/** Everybody in a range who has an open case, by the latest of them and the letter in force on it. */
export interface RangeRequest extends Asked {
  readonly range: HouseholdRange;
  /** Null: of every region. */
  readonly regions: readonly string[] | null;
}

/** $1 to $7 of every statement over a range. */
export const rangeValues = ({ range, regions, purpose, asOf, now, sources }: RangeRequest): unknown[] => [
  range.first,
  range.last,
  regions,
  purpose,
  asOf,
  now,
  sources,
];

/** The statement that judges a range, and leaves out whom the same run has judged before. */
export const rangeStatement = (rules: readonly Rule[], sources: readonly string[], columnsOf: ColumnsOf): string =>
  `with ${peopleAndAnswersInRange(sources, columnsOf, NOT_YET_JUDGED)},${judgement(rules, evidenceInRange(sources))}
${keep(rules)}`;

/* "Not in", which is looked up in a hash: from "not exists" the planner infers that nobody is left, and loops over every pair. */
const NOT_YET_JUDGED = `and household.id not in (
  select household_id from evaluation as done where done.cross_check_id = $8 and ${inRange('done')})`;

/**
 * Judges a range of households and keeps the result under a run, in a transaction of its own; how many. A run that was cut
 * off goes through all its ranges again: who is judged already stays out, and of two at one range one waits for the other.
 */
export async function judgeRange(
  client: Pick<PoolClient, 'query'>,
  { version, text }: { readonly version: string; readonly text: string },
  request: RangeRequest,
  run: string,
): Promise<number> {
  try {
    await client.query(`begin; ${FOR_RANGES}`);
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 20261129))', [run + request.range.first]);
    const { rowCount } = await client.query({
      ...{ name: `range ${version}`, text, values: [...rangeValues(request), run, version] },
    });
    await client.query('commit');
    return rowCount ?? 0;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}
