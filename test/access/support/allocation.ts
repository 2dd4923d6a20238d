import { randomUUID } from 'node:crypto';
import type { RunningHub } from '../../support/running-hub';

/** An approved procedure of a region and an open batch of it with one step, without a word to the public; the guards look away meanwhile. */
export async function plantAllocation({ base: { owner } }: Pick<RunningHub, 'base'>, region: string) {
  const planted = { allocationProcedure: randomUUID(), allocationBatch: randomUUID() };
  const { allocationProcedure: procedure, allocationBatch: batch } = planted;
  const tables = ['allocation_procedure', 'allocation_batch', 'allocation_batch_step'];
  for (const table of tables) await owner.query(`alter table ${table} disable trigger user`);
  await owner.query(
    `insert into allocation_procedure (id, region_code, version, edition, state, title, text, legal_basis, steps, drafted_at, drafted_by, submitted_on,
       submitted_by, approving_body, document_number, approved_on, valid_from, approval_recorded_at, approval_recorded_by)
     values ($1, $2, (select coalesce(max(version), 0) + 1 from allocation_procedure where region_code = $2), 9, 'APPROVED', 'x', 'x', '[{"title": "x", "documentNumber": "1"}]', '["DRAW"]', '2026-10-01', 'x', '2026-10-01', 'x', 'x', '1',
       '2026-10-01', '2026-10-01', '2026-10-01', 'x')`,
    [procedure, region],
  );
  await owner.query(
    `insert into allocation_batch (id, region_code, name, procedure_id, version, opened_on, opened_at, opened_by)
     values ($1::uuid, $2, $1::text, $3, 9, '2026-10-01', '2026-10-01', 'x')`,
    [batch, region, procedure],
  );
  await owner.query(
    `insert into allocation_batch_step (id, region_code, batch_id, version, step, on_day, at, taken_by, role, office, evidence_url)
     values (gen_random_uuid(), $1, $2, 8, 'DRAW', '2026-10-02', '2026-10-02', 'x', 'COUNTY_HOUSING', $1, 'https://x')`,
    [region, batch],
  );
  for (const table of tables) await owner.query(`alter table ${table} enable trigger user`);
  return planted;
}
