import type { QueryResult } from 'pg';
import type { Connector, Deferral } from './connector';
import type { Desk } from './desk';
import type { Kept } from './statements/keep';
import { beijingDay, days, endOfDay, type WorkingDays } from './time';

/** Until when an answer may come. */
export interface Due {
  readonly at: Date;
  /** The period reaches into a year whose holidays are not announced: weekends alone were counted there. */
  readonly provisional: boolean;
}

/** Reason of a PENDING answer whose due day is provisional. */
const PROVISIONAL = 'DUE_PROVISIONAL';

const ANSWER_DUE = `select r.region, d.day::text, d.provisional from unnest($2::text[]) as r (region)
  cross join lateral answer_due($1, r.region, $3, $4) as d`;

/**
 * By region, when a deferred answer is due: at the end of the last working day that the region (else the connector) gives
 * the agency, or earlier where the agency itself promised so.
 */
export async function duesOf(
  { send }: Desk,
  { name, answerWithin }: Connector,
  answered: readonly Kept[],
  scope: readonly string[],
  askedAt: Date,
  { dueAt: promised }: Deferral,
): Promise<ReadonlyMap<string, Due>> {
  const regions = [...new Set(answered.map(({ ask }) => ask.regionCode))];
  const values = [name, regions, beijingDay(askedAt), answerWithin.workingDays];
  const [answer] = await send(scope, [{ text: ANSWER_DUE, values }]);
  const { rows } = answer as QueryResult<{ region: string; day: string; provisional: boolean }>;
  return new Map(
    rows.map(({ region, day, provisional }) => {
      const limit = endOfDay(day);
      const isPromise = promised && promised > askedAt && promised < limit; // one of the past is that of a clock set back
      return [region, isPromise ? { at: promised, provisional: false } : { at: limit, provisional }];
    }),
  );
}

/** The last of them: until then a batch as a whole is waited for. */
export const latestOf = (dues: ReadonlyMap<string, Due>): Due =>
  [...dues.values()].reduce((last, due) => (due.at > last.at ? due : last));

/** A PENDING answer with the day it is due. */
export function dated(row: Kept, dues: ReadonlyMap<string, Due>): Kept {
  if (row.finding.status !== 'PENDING') return row;
  const { at, provisional } = dues.get(row.ask.regionCode)!;
  return { ...row, finding: { ...row.finding, dueAt: at, ...(provisional ? { reason: PROVISIONAL } : {}) } };
}

/** No calendar stretches a period beyond this, ms: no run of days off is longer than half of any two months. */
export const longest = ({ workingDays }: WorkingDays): number => days(2 * workingDays + 60);
