import { randomUUID } from 'node:crypto';
import { inScope } from '../../src/store/database';
import type { TestDatabase } from '../support/database';

type Base = Pick<TestDatabase, 'owner' | 'db'>;

/** A household whose application was approved on a day. */
export interface Approved {
  readonly region: string;
  readonly household: string;
  readonly application: string;
  readonly flow: 'COUNTY_FLOW' | 'DISTRICTED_FLOW';
  readonly programme: string;
  readonly on: string;
}

export interface Factors {
  readonly areaCm2?: number | null;
  readonly incomeFen?: number | null;
}

const CASE = `
  insert into housing_case (id, region_code, household_id, kind, programme, applicant_id, submitted_on, closed_on, closed_as)
  select $1, $2, $3, 'APPLICATION', $4, person_id, '2014-01-01', '2014-02-01', 'SETTLED' from household_member where household_id = $3 and relation = 'APPLICANT'`;
const APPLICATION = `insert into application (id, region_code, household_id, case_id, flow, state, round, version) values ($1, $2, $3, $4, $5, 'APPROVED', 3, 9)`;
const APPROVAL = `
  insert into application_step (id, region_code, household_id, application_id, version, kind, round, at, on_day, taken_by, role, office)
  values (gen_random_uuid(), $1, $2, $3, 8, 'APPROVAL', 3, $4::date, $4, 'x', 'COUNTY_HOUSING', $1)`;
const GUARDS = [
  ['application', 'begin_application'],
  ['application_step', 'take_application_step'],
] as const;

/** The way to the approval, which other tests go, is left out: the guards of applications look away meanwhile. */
export async function approvedIn(
  { owner }: Base,
  region: string,
  household: string,
  { on = '2026-01-15', programme = 'LOW_RENT', flow = 'COUNTY_FLOW' as Approved['flow'] } = {},
): Promise<Approved> {
  const [caseId, application] = [randomUUID(), randomUUID()];
  await owner.query(CASE, [caseId, region, household, programme]);
  for (const [table, guard] of GUARDS) await owner.query(`alter table ${table} disable trigger ${guard}`);
  await owner.query(APPLICATION, [application, region, household, caseId, flow]);
  await owner.query(APPROVAL, [region, household, application, on]);
  for (const [table, guard] of GUARDS) await owner.query(`alter table ${table} enable trigger ${guard}`);
  return { region, household, application, flow, programme, on };
}

export const ENTRY = `
  insert into waiting_list_entry (id, region_code, household_id, application_id, programme, flow, entered_on, area_cm2, income_fen, recognised)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, false)`;
export const STEP = `
  insert into waiting_step (id, region_code, household_id, entry_id, version, kind, at, on_day, taken_by, role, office, batch, deferred_until, document_number, note)
  values (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7, 'x', $8, $1, $9, $10, '决-1', '理由')`;

/** One statement by the hub's own role. */
export const bySql = ({ db }: Base, region: string, text: string, values: unknown[] = []) =>
  inScope(db.app, [region], async (client) => void (await client.query(text, values)));

/** It waits, as the hub's own role writes it. */
export async function waits(base: Base, of: Approved, { areaCm2 = null, incomeFen = null }: Factors = {}) {
  const id = randomUUID();
  const { region, household, application, programme, flow, on } = of;
  await bySql(base, region, ENTRY, [id, region, household, application, programme, flow, on, areaCm2, incomeFen]);
  return id;
}

export interface Standing {
  readonly state: string;
  readonly version: number;
  readonly refusals: number;
  readonly enteredOn: string;
  readonly deferredUntil: string | null;
  readonly batch: string | null;
}

export const standingOf = async ({ owner }: Base, entry: string): Promise<Standing> =>
  (
    await owner.query<Standing>(
      `select state, version, refusals, entered_on::text as "enteredOn", deferred_until::text as "deferredUntil", batch from waiting_list_entry where id = $1`,
      [entry],
    )
  ).rows[0]!;
