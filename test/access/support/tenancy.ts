import { randomUUID } from 'node:crypto';
import type { File } from '../../support/files';
import type { RunningHub } from '../../support/running-hub';

type Owner = Pick<RunningHub, 'base'>;

/** A unit code that nobody has: GB/T 37346. */
export const unitCode = (county: string): string => {
  const digits = (many: number) =>
    String(BigInt(`0x${randomUUID().replaceAll('-', '')}`))
      .slice(-many)
      .padStart(many, '0');
  return `${county.padEnd(6, '0').slice(0, 6)}${digits(6)}GB${digits(5)}F${digits(8)}`;
};

/** The guards look away meanwhile. */
async function unguarded(owner: RunningHub['base']['owner'], tables: readonly string[], work: () => Promise<void>) {
  for (const table of tables) await owner.query(`alter table ${table} disable trigger user`);
  await work();
  for (const table of tables) await owner.query(`alter table ${table} enable trigger user`);
}

/** A dwelling of the region's stock, with a step behind it, and what was repaired. */
export async function plantDwelling({ base: { owner } }: Owner, region: string): Promise<string> {
  const id = randomUUID();
  await unguarded(owner, ['dwelling', 'dwelling_step'], async () => {
    await owner.query(
      `insert into dwelling (id, region_code, unit_code, project, address, programme, unit_type, area_cm2, area_kind, owner, manager, state, version, recorded_at, recorded_by)
       values ($1, $2, $3, 'x', 'x', 'LOW_RENT', 'x', 500000, 'GROSS', 'x', 'x', 'PLANNED', 9, '2026-10-01', 'x')`,
      [id, region, unitCode(region)],
    );
    await owner.query(
      `insert into dwelling_step (id, region_code, dwelling_id, version, kind, to_state, at, on_day, taken_by, role, office)
       values (gen_random_uuid(), $1, $2, 1, 'START', 'PLANNED', '2026-10-02', '2026-10-02', 'x', 'COUNTY_HOUSING', $1)`,
      [region, id],
    );
  });
  await owner.query(
    `insert into dwelling_dealing (id, region_code, dwelling_id, kind, answer, handling_body, on_day, recorded_at, recorded_by)
     values (gen_random_uuid(), $1, $2, 'LEASE_FILING', 'NONE', 'x', '2026-10-02', '2026-10-02', 'x')`,
    [region, id],
  );
  await owner.query(
    `insert into lease_operation (id, region_code, dwelling_id, kind, on_day, summary, done_by, recorded_at, recorded_by)
     values (gen_random_uuid(), $1, $2, 'REPAIR', '2026-10-02', 'x', 'x', '2026-10-02', 'x')`,
    [region, id],
  );
  return id;
}

export interface PlantedTenancy {
  readonly application: string;
  readonly entry: string;
  readonly dwelling: string;
  /** What is written of the applicant in the offer, and in its next step. */
  readonly texts: readonly [reason: string, note: string];
  /** Charged for one month, and unpaid. */
  readonly amountFen: number;
}

type Of = Pick<File, 'householdId' | 'region'>;

/** All that a household had of a dwelling; it is over. The entry of the ledger bears the contract's id. */
export async function plantTenancy({ base: { owner } }: Owner, { householdId, region }: Of, planted: PlantedTenancy) {
  const { application, entry, dwelling, texts, amountFen } = planted;
  const ids = { allotment: randomUUID(), contract: randomUUID(), occupancy: randomUUID() };
  const of = [region, householdId];
  const tables = ['contract_template', 'allotment', 'contract', 'contract_rent', 'tenancy_step', 'rent_entry'];
  tables.push('approval_publicity');
  await unguarded(owner, tables, async () => {
    const { rows } = await owner.query<{ id: string }>(
      `insert into contract_template (id, region_code, kind, version, title, document_number, valid_from, clauses, published_at, published_by)
       select gen_random_uuid(), coalesce(parent_code, code), 'LEASE', (select coalesce(max(version), 0) + 1 from contract_template), 'x', 'x', '2026-01-01',
         '[{"id": "1", "group": "EXIT", "text": "x"}]', '2026-01-01', 'x' from region where code = $1 returning id`,
      [region],
    );
    await owner.query(
      `insert into allotment (id, region_code, household_id, application_id, entry_id, dwelling_id, programme, state, version, offered_on, answer_by, document_number, reason,
         offered_at, offered_by, role, office)
       values ($3, $1, $2, $4, $5, $6, 'LOW_RENT', 'HANDED_OVER', 9, '2026-09-01', '2026-09-16', '1', $7, '2026-09-01', 'x', 'COUNTY_HOUSING', $1)`,
      [...of, ids.allotment, application, entry, dwelling, texts[0]],
    );
    await owner.query(
      `insert into contract (id, region_code, household_id, allotment_id, dwelling_id, programme, kind, template_id, party_kind, party, area_cm2, rent_fen, deposit_fen,
         starts_on, ends_on, state, version, drawn_at, drawn_by)
       values ($3, $1, $2, $4, $5, 'LOW_RENT', 'LEASE', $6, 'OWNER', 'x', 500000, 1, 1, '2026-09-01', '2027-08-31', 'TERMINATED', 9, '2026-09-01', 'x')`,
      [...of, ids.contract, ids.allotment, dwelling, rows[0]!.id],
    );
    await owner.query(
      `insert into contract_rent values (gen_random_uuid(), $1, $2, $3, '2026-09-01', 'CONTRACT', 1, null, '2026-09-01', '2026-09-01', 'x')`,
      [...of, ids.contract],
    );
    await owner.query(
      `insert into approval_publicity (id, region_code, allotment_id, medium, place, published_on, document_number, recorded_at, recorded_by)
       values (gen_random_uuid(), $1, $2, 'NEWSPAPER', 'x', '2026-09-03', '1', '2026-09-03', 'x')`,
      [region, ids.allotment],
    );
    await owner.query(`insert into occupancy values ($3, $1, $2, $4, $5, 'VACATED', 9, '2026-09-01', '2026-10-01')`, [
      ...of,
      ids.occupancy,
      dwelling,
      ids.allotment,
    ]);
    await owner.query(
      `insert into tenancy_step (id, region_code, household_id, noun, subject_id, version, kind, to_state, at, on_day, taken_by, role, office, note)
       values (gen_random_uuid(), $1, $2, 'ALLOTMENT', $3, 8, 'DECLINE', 'DECLINED', '2026-09-02', '2026-09-02', 'x', 'COUNTY_HOUSING', $1, $4)`,
      [...of, ids.allotment, texts[1]],
    );
    await owner.query(
      `insert into rent_entry (id, region_code, household_id, contract_id, kind, month, amount_fen, at, on_day, taken_by, role, office)
       values ($3, $1, $2, $3, 'CHARGE', '2026-09-01', $4, '2026-10-01', '2026-10-01', 'x', 'HUB', $1)`,
      [...of, ids.contract, amountFen],
    );
  });
  return ids;
}

/** An exit that was opened on a review. */
export async function exitIn({ base: { owner } }: Owner, region: string, householdId: string, review: string) {
  const id = randomUUID();
  await unguarded(owner, ['exit_case'], async () => {
    await owner.query(
      `insert into exit_case (id, region_code, household_id, review_id, ground, basis, opened_on, vacate_by, version)
       values ($1, $2, $3, $4, 'SUBLET', 'x', '2026-10-01', '2026-11-01', 9)`,
      [id, region, householdId, review],
    );
  });
  return id;
}

/** What an inspection confirmed; decided where something was investigated. */
export async function plantViolation(
  { base: { owner } }: Owner,
  { householdId, region }: Of,
  inspection: string,
  investigation?: string,
): Promise<string> {
  const id = randomUUID();
  const decided = investigation ? [investigation, 'CORRECTED', '1', '2026-10-02', 'x'] : [null, null, null, null, null];
  await owner.query(
    `insert into violation (id, region_code, household_id, inspection_id, kind, office, opened_on, investigation, decision, document_number, decided_on, decided_by, state)
     values ($1, $2, $3, $4, 'SUBLET', $2, '2026-10-01', $5, $6, $7, $8, $9, $10)`,
    [id, region, householdId, inspection, ...decided, investigation ? 'CLOSED' : 'OPENED'],
  );
  return id;
}
