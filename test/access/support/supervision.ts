import { randomUUID } from 'node:crypto';
import type { RunningHub } from '../../support/running-hub';

/** What supervision keeps of a region, all of it over; the guards look away meanwhile. */
export async function plantSupervision(
  { base: { owner } }: Pick<RunningHub, 'base'>,
  region: string,
  application: string,
): Promise<{ readonly matter: string; readonly petition: string }> {
  const ids = { matter: randomUUID(), petition: randomUUID() };
  for (const table of ['supervision_matter', 'petition'])
    await owner.query(`alter table ${table} disable trigger user`);
  await owner.query(
    `insert into supervision_matter (id, region_code, application_id, document_number, opened_on, opened_by, assisting, assisting_on, assisting_by,
       opinion, opinion_document, opinion_on, opinion_by, opinion_role, closing_document, closed_on, closed_by, closed_role)
     values ($1, $2, $3, '1', '2026-10-01', 'x', 'CIVIL_AFFAIRS', '2026-10-02', 'x', 'AGREES', '2', '2026-10-03', 'y', 'CIVIL_AFFAIRS', '3', '2026-10-04', 'x', 'COUNTY_HOUSING')`,
    [ids.matter, region, application],
  );
  await owner.query(
    `insert into petition (id, region_code, kind, register_number, received_on, received_by, decision, decision_document, decided_on, decided_by,
       implementation_document, implemented_on, implemented_by)
     values ($1, $2, 'REPORT', $3, '2026-10-01', 'x', 'TO_BE_CARRIED_OUT', '1', '2026-10-02', 'x', '2', '2026-10-03', 'x')`,
    [ids.petition, region, ids.petition],
  );
  for (const table of ['supervision_matter', 'petition']) await owner.query(`alter table ${table} enable trigger user`);
  return ids;
}
