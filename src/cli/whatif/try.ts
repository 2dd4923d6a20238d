import type { Pool } from 'pg';
import type { Rule } from '../../engine/rule';
import { makeTrial, type Proposed } from '../../engine/trial';
import { households, type Population } from './population';
import { effectOf, Tally, type Table } from './tally';

export interface Tried extends Table {
  /** Households judged. */
  readonly judged: number;
}

/** Households judged by one statement. */
const PAGE_SIZE = 1000;

export interface TrialOf {
  readonly rules: readonly Rule[];
  readonly sources: readonly string[];
  readonly proposed: readonly Proposed[];
  readonly population: Population;
  readonly now: Date;
  readonly onProgress?: (judged: number) => void;
}

/** Judges everybody twice, by the numbers on the books and by those proposed, in one transaction that can only read. */
export async function tryOut(engineRole: Pool, trialOf: TrialOf): Promise<Tried> {
  const { rules, sources, proposed, population, now, onProgress } = trialOf;
  const trial = makeTrial(rules, sources, proposed);
  const tally = new Tally();
  let judged = 0;
  const client = await engineRole.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    for await (const page of households(client, population, PAGE_SIZE)) {
      const { purpose, asOf } = population;
      const { before, after } = await trial(client, { households: page, purpose, asOf, now, sources });
      for (const { householdId: id, county, programme } of page) {
        tally.add(county, programme, effectOf(before.get(id)!, after.get(id)!));
      }
      judged += page.length;
      onProgress?.(judged);
    }
    return { judged, ...tally.table() };
  } finally {
    await client.query('rollback');
    client.release();
  }
}
