import { randomUUID } from 'node:crypto';
import type { File } from '../../support/files';
import type { RunningHub } from '../../support/running-hub';

type Owner = Pick<RunningHub, 'base'>;

/** Somebody's place in the queue as it stands somewhere on its way. */
export interface PlantedWaiting {
  readonly application: string;
  readonly state: string;
  /** What is written of the applicant in its step, and in the exception. */
  readonly texts: readonly [note: string, reason: string];
}

const GUARDS = {
  waiting_list_entry: 'begin_waiting',
  waiting_step: 'take_waiting_step',
  waiting_exception: 'guard_waiting_exception',
} as const;
const RULE = {
  ...{ form: 1, housing: 4, income: 3, year: 1, choice: 1, funds: 1, areaLimitCm2: 11_112, incomeLimitFen: 22_223 },
};

/** On an application that is there; the guards look away meanwhile. */
export async function plantWaiting(
  { base: { owner } }: Owner,
  { householdId, region }: Pick<File, 'householdId' | 'region'>,
  { application, state, texts: [note, reason] }: PlantedWaiting,
): Promise<string> {
  const entry = randomUUID();
  for (const [table, guard] of Object.entries(GUARDS))
    await owner.query(`alter table ${table} disable trigger ${guard}`);
  await owner.query(
    `insert into waiting_queue values ($1, 'LOW_RENT', 1, '2026-10-01', $2) on conflict (region_code, programme) do update set day = '2026-10-01', rule = $2`,
    [region, JSON.stringify(RULE)],
  );
  await owner.query(
    `insert into waiting_list_entry (id, region_code, household_id, application_id, programme, flow, entered_on, area_cm2, income_fen, recognised, state,
       deferred_until, batch, version) values ($1, $2, $3, $4, 'LOW_RENT', 'COUNTY_FLOW', '2026-10-01', 11111, 22222, false, $5, $6, 'x', 9)`,
    [entry, region, householdId, application, state, state === 'DEFERRED' ? '2099-01-01' : null],
  );
  await owner.query(
    `insert into waiting_step (id, region_code, household_id, entry_id, version, kind, to_state, at, on_day, taken_by, role, office, note)
     values (gen_random_uuid(), $1, $2, $3, 1, 'SUSPENSION', 'SUSPENDED', '2026-10-02', '2026-10-02', 'x', 'COUNTY_HOUSING', $1, $4)`,
    [region, householdId, entry, note],
  );
  await owner.query(
    `insert into waiting_exception (id, region_code, household_id, entry_id, version, from_rank, to_rank, document_number, reason, at, on_day, decided_by, role, office)
     values (gen_random_uuid(), $1, $2, $3, 2, 3, 2, '1', $4, '2026-10-03', '2026-10-03', 'x', 'COUNTY_HOUSING', $1)`,
    [region, householdId, entry, reason],
  );
  await owner.query(`insert into waiting_rank values ($1, $2, $3, 'LOW_RENT', 2, 1)`, [entry, region, householdId]);
  await owner.query(`insert into waiting_difference values (gen_random_uuid(), $1, $2, $3, 1, '2026-10-03', 2, 3)`, [
    ...[region, householdId, entry],
  ]);
  for (const [table, guard] of Object.entries(GUARDS))
    await owner.query(`alter table ${table} enable trigger ${guard}`);
  return entry;
}
