import fc from 'fast-check';
import type { Evaluation, Subject } from '../../src/engine/evaluate';
import { beijingDay } from '../../src/access/day';
import { ANSWER_STATUSES } from '../../src/exchange/contract';
import { PURPOSE, type FaultStage } from './stage';

const DECIDING = ['FOUND', 'NOT_FOUND'];

/** Every way in which an answer may not decide: the states of the contract as they are stored, and what age, coverage or absence make of one. */
export const UNKNOWNS = [
  ...ANSWER_STATUSES.filter((status) => !DECIDING.includes(status)),
  'UNCOVERED',
  'NOT_ASKED',
] as const;
export type Unknown = (typeof UNKNOWNS)[number];

/** $1: households, $2: sources, $3: the state each gets, row by row. */
const SPOILT =
  'from unnest($1::uuid[], $2::text[], $3::text[]) as hit (household_id, source, state) where a.household_id = hit.household_id and a.source = hit.source';
const SPOIL = `update answer a set
  status = case when hit.state = 'STALE' then a.status when hit.state = 'UNCOVERED' then 'NOT_FOUND' else hit.state end,
  as_of = case hit.state when 'STALE' then a.as_of - interval '400 days' when 'UNCOVERED' then a.as_of end,
  covered = hit.state = 'STALE' and a.covered, value = case when hit.state = 'STALE' then a.value end ${SPOILT} and hit.state <> 'NOT_ASKED'`;
const LOSE = `delete from answer a using ${SPOILT.slice('from '.length)} and hit.state = 'NOT_ASKED'`;

/** What happens to one source's answers about one household. */
export interface Hit {
  readonly household: number;
  readonly source: string;
  readonly state: Unknown;
}

/** Any number of losses over a page of households, of any source of the registry. */
export const hits = (households: number, sources: readonly string[]): fc.Arbitrary<Hit[]> =>
  fc.uniqueArray(
    fc.record({
      household: fc.nat({ max: households - 1 }),
      source: fc.constantFrom(...sources),
      state: fc.constantFrom(...UNKNOWNS),
    }),
    { minLength: households, maxLength: households * 2, selector: ({ household, source }) => `${household} ${source}` },
  );

/** The verdicts about these households as they are, or with some of their answers lost. Nothing is kept. */
export async function verdicts(
  { stage, now }: FaultStage,
  subjects: readonly Subject[],
  lost: readonly Hit[],
): Promise<Evaluation[]> {
  const { engine } = stage.hub;
  const { owner } = stage.base;
  const values = [
    lost.map(({ household }) => subjects[household]!.householdId),
    lost.map(({ source }) => source),
    lost.map(({ state }) => state),
  ];
  const instant = now();
  await owner.query('begin');
  try {
    await owner.query(SPOIL, values);
    await owner.query(LOSE, values);
    const request = { households: subjects, purpose: PURPOSE, asOf: beijingDay(instant), now: instant };
    return await engine.evaluate(owner, { ...request, sources: engine.sources, crossCheckId: null });
  } finally {
    await owner.query('rollback');
  }
}
