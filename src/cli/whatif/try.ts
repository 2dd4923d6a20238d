import type { Pool, PoolClient } from 'pg';
import { inOneState, inTurns, rangesOfAll } from '../../engine/ranges';
import { columnsRead } from '../../engine/statement/columns';
import { makeTrial, rulesAfter, type Change } from '../../engine/trial';
import { effectOf, Tally, type Table } from './tally';

export interface Population {
  /** Null: everywhere. */
  readonly region: string | null;
  readonly purpose: string;
  readonly asOf: string;
}

export interface Tried extends Table {
  /** Households judged. */
  readonly judged: number;
}

/** Connections that pull ranges of households. */
export const CONNECTIONS = 2;

const COUNTY_DIGITS = 6;

export interface TrialOf {
  readonly change: Change;
  readonly sources: readonly string[];
  readonly population: Population;
  readonly now: Date;
  readonly onProgress?: (judged: number) => void;
}

/**
 * Judges everybody by the law as it stands and as it is proposed, in transactions that can only read and that all see one
 * state of the records.
 */
export const tryOut = (engineRole: Pool, trialOf: TrialOf): Promise<Tried> =>
  inOneState(engineRole, CONNECTIONS, (clients) => tryRanges(clients, trialOf));

async function tryRanges(clients: readonly PoolClient[], trialOf: TrialOf): Promise<Tried> {
  const { change, sources, population, now, onProgress } = trialOf;
  const { region, purpose, asOf } = population;
  const first = clients[0]!;
  const regions = region === null ? null : await regionsUnder(first, region);
  const read = await columnsRead(first, [...change.rules, ...rulesAfter(change)], sources);
  const trial = makeTrial(change, sources, read);
  const tally = new Tally();
  let judged = 0;
  await inTurns(clients, await rangesOfAll(first, regions), async (client, range) => {
    for (const moved of await trial(client, { range, regions, purpose, asOf, now, sources })) {
      const { regionCode, programme, before, after, households } = moved;
      tally.add(regionCode.slice(0, COUNTY_DIGITS), programme, effectOf(before, after), households);
      judged += households;
    }
    onProgress?.(judged);
  });
  return { judged, ...tally.table() };
}

async function regionsUnder(client: PoolClient, region: string): Promise<string[]> {
  const { rows } = await client.query<{ code: string }>(
    `with recursive below (code) as (
       select $1::text union all select region.code from below join region on region.parent_code = below.code)
     select code from below`,
    [region],
  );
  return rows.map(({ code }) => code);
}
