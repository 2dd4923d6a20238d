import type { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { pipeline } from 'node:stream/promises';

/** Brings what a right judge must say beside what was said. */
export async function layTruth(hub: Client, world: Client): Promise<void> {
  await hub.query('create unlogged table bench.truth (household_id uuid primary key, plant text, expected jsonb)');
  const from = world.query(copyTo('copy (select household_id, plant, expected from world.truth) to stdout'));
  await pipeline(from, hub.query(copyFrom('copy bench.truth from stdin')));
  await hub.query('analyze bench.truth');
}

export interface Line {
  readonly plant: string;
  readonly households: number;
  readonly guiltyFound: number;
  readonly guiltyMissed: number;
  readonly innocentCleared: number;
  readonly innocentAccused: number;
  readonly verdictsRight: number;
  readonly verdictsWrong: number;
}

const ACCUSES = `in ('FAIL', 'CONTRADICTION')`;

/** Per kind of plant: who should be accused and is, and how many verdicts agree. Who was not judged at all is wrong in every rule. */
const MATRIX = `
  select plant, count(*)::int as households, count(*) filter (where guilty and accused)::int as "guiltyFound",
    count(*) filter (where guilty and not accused)::int as "guiltyMissed", count(*) filter (where not guilty and not accused)::int as "innocentCleared",
    count(*) filter (where not guilty and accused)::int as "innocentAccused", sum(right_ones)::int as "verdictsRight", sum(wrong_ones)::int as "verdictsWrong"
  from (
    select t.household_id, t.plant, bool_or(due ${ACCUSES}) as guilty, coalesce(bool_or(found ${ACCUSES}), false) as accused,
      count(*) filter (where due is not distinct from found) as right_ones, count(*) filter (where due is distinct from found) as wrong_ones
    from bench.truth t left join (select * from evaluation where cross_check_id = $1) e using (household_id)
    cross join lateral (select t.expected ->> code as due, e.outcome[place] as found from unnest($2::text[]) with ordinality as r (code, place)) as verdict
    group by 1, 2
  ) as household group by plant order by plant`;

export const matrix = async (hub: Client, run: string, codes: readonly string[]): Promise<Line[]> =>
  (await hub.query<Line>(MATRIX, [run, codes])).rows;

/** A few of the verdicts that are wrong, for whoever looks for the reason. */
const WRONG = `
  select plant, household_id as household, code as rule, t.expected ->> code as expected, e.outcome[place] as found
  from bench.truth t left join (select * from evaluation where cross_check_id = $1) e using (household_id)
  cross join unnest($2::text[]) with ordinality as r (code, place)
  where t.expected ->> code is distinct from e.outcome[place] order by plant, household_id limit 20`;

export const wrongOnes = async (
  hub: Client,
  run: string,
  codes: readonly string[],
): Promise<Record<string, string>[]> => (await hub.query<Record<string, string>>(WRONG, [run, codes])).rows;
