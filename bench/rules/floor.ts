import { randomUUID } from 'node:crypto';
import type { Client, Pool } from 'pg';
import type { HouseholdRange } from '../../src/engine/ranges';
import { timed } from './timed';

const SCAN = `select count(*), count(value), max(as_of) from answer`;
const COLUMNS = `at, region_code, household_id, case_id, cross_check_id, rule_set, as_of, outcome, observed, threshold, note, evidence, evidence_source, conclusion`;
const write = (where: string) => `
  insert into evaluation (id, ${COLUMNS}) select gen_random_uuid(), ${COLUMNS.replace('cross_check_id', '$1::uuid')} from bench.kept ${where}`;

export interface Floor {
  readonly scan: number;
  /** On one connection, and by ranges on as many as the engine has. */
  readonly writeAlone: number;
  readonly writeTogether: number;
}

/** What cannot be saved: to scan the answers once and to write one row per household, judged beforehand, into the same table. */
export async function floor(admin: Client, pool: Pool, ranges: readonly HouseholdRange[]): Promise<Floor> {
  const scan = await secondsOf(() => admin.query(SCAN));
  const writeAlone = await secondsOf(() => admin.query(write(''), [randomUUID()]));
  const run = randomUUID();
  const text = write('where household_id between $2 and $3');
  const { seconds: writeTogether } = await timed(
    pool,
    ranges,
    async (client, { first, last }) => (await client.query(text, [run, first, last])).rowCount!,
  );
  return { scan, writeAlone, writeTogether };
}

/** Lays a run aside, for the floor to write it again. */
export async function layAside(admin: Client, run: string): Promise<void> {
  await admin.query(
    'drop schema if exists bench cascade; create schema bench; grant usage on schema bench to anju_engine',
  );
  await admin.query(`create unlogged table bench.kept as select * from evaluation where false`);
  await admin.query(`insert into bench.kept select * from evaluation where cross_check_id = $1 order by household_id`, [
    run,
  ]);
  await admin.query(
    'create index on bench.kept (household_id); grant select on bench.kept to anju_engine; analyze bench.kept',
  );
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
